"""The categories of published decisions, and the service areas in which we count them."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import final

from lgsco._values import Text, value
from lgsco.model.cases import ServiceArea


@final
@value
class DecisionCategory:
    """
    A category of published decisions, and the service area of the annual figures in which we count it.

    The Ombudsman publishes no table of which category is counted in which service area: the mapping is ours.
    ``service_area`` is ``None`` for a category that no service area of a council holds.
    """

    name: Text
    service_area: ServiceArea | None
    _: KW_ONLY
    subcategories: tuple[str, ...] = ()


DECISION_CATEGORIES = (
    DecisionCategory("Adult care services", ServiceArea.ADULT_CARE_SERVICES, subcategories=(
        "Assessment and care plan", "Charging", "COVID-19", "Direct payments", "Disabled facilities grants",
        "Domiciliary care", "Other", "Residential care", "Safeguarding", "Transport",
        "Transport (blue badges)"
    )),
    DecisionCategory("Benefits and tax", ServiceArea.BENEFITS_AND_TAX, subcategories=(
        "Council tax", "Council tax support", "COVID-19", "Housing benefit and council tax benefit",
        "Local welfare payments"
    )),
    DecisionCategory("Children's care services", ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES, subcategories=(
        "Adoption", "Child protection", "Disabled children", "Fostering", "Friends and family carers",
        "Looked after children", "Other"
    )),
    DecisionCategory("Education", ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES, subcategories=(
        "Alternative provision", "Other", "School admissions", "School exclusions", "School transport",
        "Special educational needs"
    )),
    DecisionCategory("Environment and regulation", ServiceArea.ENVIRONMENTAL_SERVICES, subcategories=(
        "Antisocial behaviour", "Cemeteries and crematoria", "Drainage", "Health and safety", "Licensing",
        "Noise", "Other", "Pollution", "Refuse and recycling", "Trading standards", "Trees"
    )),
    DecisionCategory("Health", None, subcategories=(
        "Assessment and funding", "Care and treatment", "Hospital acute services", "Mental health services",
        "Other"
    )),
    DecisionCategory("Housing", ServiceArea.HOUSING, subcategories=(
        "Allocations", "Council house sales and leaseholders", "COVID-19", "Homelessness",
        "Managing council tenancies", "Private housing"
    )),
    DecisionCategory("Other Categories", ServiceArea.CORPORATE_AND_OTHER_SERVICES, subcategories=(
        "Commercial and contracts", "Councillor conduct and standards", "Elections and electoral register",
        "Land", "Leisure and culture", "Other"
    )),
    DecisionCategory("Planning", ServiceArea.PLANNING_AND_DEVELOPMENT, subcategories=(
        "Building control", "Enforcement", "Other", "Planning advice", "Planning applications"
    )),
    DecisionCategory("Transport and highways", ServiceArea.HIGHWAYS_AND_TRANSPORT, subcategories=(
        "Highway adoption", "Highway repair and maintenance", "Parking and other penalties", "Rights of way",
        "Street furniture and lighting", "Traffic management"
    )),
)  # fmt: skip
"""
The categories and subcategories that published decisions have, each with the service area in which we count it.

Source: the Ombudsman's listings and pages of decisions, 2016 to 2026; the service areas are our own mapping.
"""
