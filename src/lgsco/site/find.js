// Shows only those councils in whose entry every word of the box begins a word, and states how many they are.
// Where there is none, a word may have a letter or two wrong. What is typed is kept in the address.
"use strict";
{
  const box = document.getElementById("lgsco-find");
  const only = document.getElementById("lgsco-only");
  const found = document.getElementById("lgsco-found");
  const items = [...document.querySelectorAll("#lgsco-councils > li")];
  const plain = (text) =>
    text.normalize("NFKD").toLowerCase().replace(/['\u2019\u0300-\u036f]/g, "").replace(/&/g, " and ")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim().split(" ").filter((word) => word !== "");
  const known = items.map((item) => [...plain(item.textContent), ...plain(item.dataset.also ?? "")]);
  const held = items.map((item) => "page" in item.dataset);

  // The least number of letters to change, add or leave out to make a word of the start of another.
  const distance = (word, other) => {
    let row = [...Array(other.length + 1).keys()];
    [...word].forEach((letter, at) => {
      const next = [at + 1];
      [...other].forEach((its, to) =>
        next.push(Math.min(row[to] + (letter === its ? 0 : 1), row[to + 1] + 1, next[to] + 1)));
      row = next;
    });
    return Math.min(...row.slice(Math.max(0, word.length - 2)));
  };
  const begins = (word) => (other) => other.startsWith(word);
  const nearly = (word) => {
    const wrong = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
    return (other) => other.startsWith(word) || (wrong > 0 && distance(word, other) <= wrong);
  };

  const show = () => {
    const words = plain(box.value);
    const matching = (like) => {
      const likes = words.map(like);
      return items.map((_, at) =>
        (held[at] || !only.checked) && likes.every((matches) => known[at].some(matches)));
    };
    let shown = matching(begins);
    let close = false;
    if (!shown.includes(true)) {
      shown = matching(nearly);
      close = shown.includes(true);
    }
    items.forEach((item, at) => { item.hidden = !shown[at]; });
    const count = shown.filter(Boolean).length;
    found.textContent = count === 0 ? "No council found. Try fewer letters, or the name of its region."
      : `${close ? "None is spelt so. " : ""}${count} ${count === 1 ? "council" : "councils"} ${close ? "nearly so" : "found"}`;
    const address = words.length === 0 ? location.pathname : `#find=${encodeURIComponent(box.value)}`;
    history.replaceState(null, "", address);
  };

  box.addEventListener("input", show);
  only.addEventListener("change", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      show();
    }
  });
  const typed = () => {
    const [name, words] = location.hash.slice(1).split("=");
    if (name === "find" && words !== undefined) {
      box.value = decodeURIComponent(words);
    }
    show();
  };
  // A browser that goes back to the page may fill the box again without saying so.
  window.addEventListener("pageshow", typed);
  document.querySelector(".lgsco-find").hidden = false;
  document.getElementById("lgsco-search").hidden = true;
}
