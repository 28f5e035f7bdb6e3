
"use strict";
// Without this script the page shows everything; with it, a reader can change the theme and filter.
const theme = document.getElementById("theme");
let dark = matchMedia("(prefers-color-scheme: dark)").matches;
const told = () => { theme.textContent = dark ? "Light theme" : "Dark theme"; };
theme.addEventListener("click", () => {
  dark = !dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  told();
});
told();
theme.hidden = false;

const filter = document.getElementById("filter");
if (filter) {
  const groups = [...document.querySelectorAll(".rule")].map((rule) => ({
    rule,
    text: rule.querySelector("h3").textContent + rule.querySelector(".meta").textContent,
    entries: [...rule.querySelectorAll("article")].map((entry) => ({ entry, text: "" })),
  }));
  const status = document.getElementById("shown");
  const total = status.textContent;

  const fits = (data, wanted) => wanted.every(([name, value]) => !(name in data) || data[name] === value);
  const speaks = (group, one, words) => {
    one.text ||= (group.text + one.entry.textContent).toLowerCase();
    return words.every((word) => one.text.includes(word));
  };
  const show = () => {
    const given = Object.fromEntries(new FormData(filter));
    const words = given.words.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = Object.entries(given).filter(([name, value]) => name !== "words" && value);
    let shown = 0;
    for (const group of groups) {
      const possible = fits(group.rule.dataset, wanted);
      let any = false;
      for (const one of group.entries) {
        const seen = possible && fits(one.entry.dataset, wanted) && (!words.length || speaks(group, one, words));
        one.entry.hidden = !seen;
        any ||= seen;
        shown += seen;
      }
      group.rule.hidden = !any;
    }
    status.textContent = wanted.length || words.length ? `${shown} of ${total}` : total;
  };
  filter.addEventListener("input", show);
  filter.addEventListener("reset", () => setTimeout(show));
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.hidden = false;
  show(); // a browser that goes back keeps what was chosen
}
