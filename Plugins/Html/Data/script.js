// What the page can do beyond its links: marks a place in all its parts, shows where else the same
// record is mentioned, and opens what is folded when it is gone to or printed.
(() => {
  "use strict";
  const classed = (name, elements) => {
    for (const old of document.querySelectorAll("." + name)) old.classList.remove(name);
    for (const element of elements) element.classList.add(name);
  };

  const follow = () => {
    const id = CSS.escape(location.hash.slice(1));
    classed("marked", id ? document.querySelectorAll(`[data-of="${id}"]`) : []);
    const links = id ? [...document.querySelectorAll(`.text a[href="#${id}"]`)] : [];
    classed("same", links.map((link) => link.closest(".mention") ?? link));
    const target = id && document.getElementById(id);
    for (let fold = target?.closest?.("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
  };
  addEventListener("hashchange", follow);
  follow();

  document.addEventListener("mouseover", ({ target }) => {
    const link = target.closest?.(".text a[href^='#']");
    const record = link && document.getElementById(link.hash.slice(1));
    classed("pointed", record ? [record] : []);
  });

  document.addEventListener("click", ({ target }) => {
    const dot = target.closest?.("[data-record]");
    if (dot) location.hash = dot.dataset.record;
  });

  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of unfolded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of unfolded) fold.open = false;
  });
})();
