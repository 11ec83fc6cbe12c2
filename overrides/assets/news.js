// What is new: marks what has a day since this device was here last; the day of the visit is kept on the device only.

(() => {
  const now = new Date();
  const today = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  let before;
  try {
    let [last, earlier] = JSON.parse(localStorage.getItem("visit")) ?? [today, null];
    if (last !== today) [last, earlier] = [today, last];
    localStorage.setItem("visit", JSON.stringify([last, earlier]));
    before = earlier;
  } catch {
    // A private window keeps nothing, and has nothing to compare with.
  }
  if (!before) return;
  // What came later on the day of the last visit may not have been seen.
  const isNew = (day) => day >= before;
  for (const one of document.querySelectorAll("[data-day]")) one.classList.toggle("is-new", isNew(one.dataset.day));
  for (const one of document.querySelectorAll("[data-days]")) {
    const count = one.dataset.days.split(" ").filter(isNew).length;
    if (count) one.textContent = one.dataset.new.replace("{}", count);
  }
})();
