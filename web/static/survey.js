// How many letters are left of an open answer. The form works without.
"use strict";

for (const area of document.querySelectorAll("textarea[data-left]")) {
  const left = document.createElement("p");
  left.className = "left";
  const say = () => {
    left.textContent = area.dataset.left.replace("{left}", String(area.maxLength - area.value.length));
  };
  area.addEventListener("input", say);
  area.after(left);
  say();
}
