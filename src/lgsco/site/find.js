// Shows only those councils in whose entry every word of the box begins a word, and says how many they are.
"use strict";
{
  const box = document.getElementById("lgsco-find");
  const only = document.getElementById("lgsco-only");
  const found = document.getElementById("lgsco-found");
  const items = [...document.querySelectorAll("#lgsco-councils > li")];
  const plain = (text) =>
    " " + text.normalize("NFKD").toLowerCase().replace(/['\u2019\u0300-\u036f]/g, "").replace(/&/g, " and ")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const known = items.map((item) => `${plain(item.textContent)}${plain(item.dataset.also ?? "")}`);
  const held = items.map((item) => item.querySelector("a") !== null);

  const show = () => {
    const words = plain(box.value).split(" ").filter((word) => word !== "");
    let count = 0;
    items.forEach((item, at) => {
      const shown = (held[at] || !only.checked) && words.every((word) => known[at].includes(` ${word}`));
      item.hidden = !shown;
      count += shown ? 1 : 0;
    });
    found.textContent = count === 0 ? "No council found" : count === 1 ? "1 council found" : `${count} councils found`;
  };

  box.addEventListener("input", show);
  only.addEventListener("change", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      show();
    }
  });
  // A browser that goes back to the page fills the box again without saying so.
  window.addEventListener("pageshow", show);
  document.querySelector(".lgsco-find").hidden = false;
  document.getElementById("lgsco-search").hidden = true;
}
