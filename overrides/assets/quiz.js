// Quiz: choose, see whether and why, count, print a record; or with a class. Without it the answers are folded away.

(() => {
  const word = document.getElementById("quiz-words").dataset;
  const letter = (place) => String.fromCharCode(65 + place);
  let asked = 0;

  function shuffled(items) {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }

  /** Put a question's options into another order, the letters of its answer with them; return those that are right. */
  function mixed(question) {
    const options = question.querySelector(".options");
    const right = new Set([...options.dataset.right].map((one) => options.children[one.charCodeAt() - 65]));
    const order = shuffled(options.children);
    options.append(...order);
    const letters = order.flatMap((option, place) => (right.has(option) ? [letter(place)] : []));
    const told = letters.map((one) => `${one} ${options.children[one.charCodeAt() - 65].textContent.trim()}`);
    options.dataset.right = letters.join("");
    question.querySelector(".right").textContent = told.join(word.joint);
    return right;
  }

  /** Mark what is right, and what was chosen and is not; open the answer. */
  function reveal(question, right, chosen) {
    for (const option of question.querySelector(".options").children) {
      if (right.has(option)) option.classList.add("is-right");
      else if (chosen.has(option)) option.classList.add("is-wrong");
    }
    const answer = question.querySelector("details");
    answer.hidden = false;
    answer.open = true;
  }

  /** Turn a question's options into fields; `answered` is told whether the choice was right. */
  function ask(question, answered) {
    const right = mixed(question);
    const answer = question.querySelector("details");
    const name = `question-${(asked += 1)}`;
    const fields = [...question.querySelector(".options").children].map((option) => {
      const label = document.createElement("label");
      const field = document.createElement("input");
      const said = document.createElement("span");
      field.type = right.size > 1 ? "checkbox" : "radio";
      field.name = name;
      said.append(...option.childNodes);
      label.append(field, said);
      option.append(label);
      return field;
    });
    const check = copy("quiz-check");
    const told = document.createElement("p");
    told.className = "quiz__told";
    told.setAttribute("role", "status");
    answer.hidden = true;
    answer.before(check, told);
    check.addEventListener("click", () => {
      const chosen = new Set(fields.filter((field) => field.checked).map((field) => field.closest("li")));
      if (!chosen.size) {
        told.textContent = word.choose;
        return;
      }
      const good = chosen.size === right.size && [...chosen].every((option) => right.has(option));
      for (const field of fields) field.disabled = true;
      told.textContent = good ? word.right : word.wrong;
      told.classList.add(good ? "is-right" : "is-wrong");
      check.remove();
      reveal(question, right, chosen);
      answered(good);
    });
  }

  const least = (all) => Math.ceil((all * Number(word.pass)) / 100);
  const verdict = (right, all) => (right >= least(all) ? word.passed : word.failed);

  /** The count below the questions; once all are answered it offers the record. */
  function score(all) {
    const form = copy("quiz-score");
    let right = 0;
    let done = 0;
    const show = () => fill(form, { right, all, least: least(all), passed: done < all ? "" : verdict(right, all) });
    form.when.value = today();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = { who: form.who.value, unit: form.unit.value, when: form.when.value };
      printAlone(fill(copy("quiz-paper"), { ...said, right, all, least: least(all), passed: verdict(right, all) }));
    });
    show();
    return {
      form,
      answered(good) {
        right += good;
        done += 1;
        show();
        form.querySelector("fieldset").hidden = done < all;
        return done === all;
      },
    };
  }

  /** A chapter's own questions, all at once. */
  function whole(section) {
    const list = section.querySelector("ol");
    const pristine = list.cloneNode(true);
    const begin = (questions) => {
      const count = score(questions.children.length);
      for (const question of questions.children) ask(question, count.answered);
      questions.after(count.form);
      count.form.again.addEventListener("click", () => {
        const fresh = pristine.cloneNode(true);
        questions.replaceWith(fresh);
        count.form.remove();
        begin(fresh);
        section.scrollIntoView();
      });
    };
    begin(list);
  }

  /** Some questions of many chapters, one at a time on a stage of their own. */
  function run(start, parts) {
    const questions = [...parts.querySelectorAll(".role-quiz > ol > li")];
    const stage = document.createElement("section");
    stage.className = "role role-quiz quiz__stage";
    stage.hidden = true;
    start.after(stage);

    function end() {
      start.hidden = parts.hidden = false;
      stage.hidden = true;
      document.body.classList.remove("in-class");
      start.scrollIntoView();
    }

    function begin(most) {
      start.hidden = parts.hidden = true;
      stage.hidden = false;
      return shuffled(questions).slice(0, most || questions.length);
    }

    /** Show question `place` of `order`, what belongs below it, and a way out. */
    function stand(order, place, below) {
      const list = document.createElement("ol");
      list.style.counterReset = `item ${place}`;
      const question = order[place].cloneNode(true);
      list.append(question);
      const stop = copy("quiz-stop");
      stop.addEventListener("click", end);
      stage.replaceChildren(list, below, stop);
      stage.scrollIntoView();
      return question;
    }

    function onward(question, go) {
      const next = copy("quiz-next");
      next.addEventListener("click", go);
      question.append(next);
      return next;
    }

    function alone(most) {
      const order = begin(most);
      const count = score(order.length);
      const step = (place) => {
        const question = stand(order, place, count.form);
        ask(question, (good) => {
          if (count.answered(good)) count.form.who.focus();
          else onward(question, () => step(place + 1));
        });
        if (place) question.querySelector("input").focus();
      };
      count.form.again.addEventListener("click", end);
      step(0);
    }

    /** Everybody answers by hand; who was wrong is tapped. */
    function together(names, said) {
      const order = begin(10);
      const rights = names.map(() => 0);
      document.body.classList.add("in-class");
      const step = (place) => {
        const form = copy("quiz-class");
        const question = stand(order, place, form);
        const right = mixed(question);
        question.querySelector("details").hidden = true;
        fill(form, { place: place + 1, all: order.length });
        const chips = names.map((name) => {
          const chip = document.createElement("button");
          chip.type = "button";
          chip.textContent = name;
          chip.setAttribute("aria-pressed", "false");
          chip.addEventListener("click", () => chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true")));
          return chip;
        });
        form.show.addEventListener("click", () => {
          reveal(question, right, new Set());
          form.show.remove();
          form.querySelector("fieldset").hidden = false;
          form.querySelector(".quiz__names").append(...chips);
          form.next.focus({ preventScroll: true });
        });
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          chips.forEach((chip, who) => { rights[who] += chip.getAttribute("aria-pressed") !== "true"; });
          if (place + 1 < order.length) step(place + 1);
          else result(order.length);
        });
      };

      function result(all) {
        const form = copy("quiz-list");
        const filled = (root) => {
          const body = root.querySelector("tbody");
          names.forEach((name, who) => {
            const row = body.insertRow();
            for (const text of [who + 1, name, `${rights[who]} / ${all}`, verdict(rights[who], all), ""]) row.insertCell().textContent = text;
          });
          return fill(root, { ...said, least: least(all), all });
        };
        const head = (root) => [...root.querySelectorAll("th")].map((cell) => cell.textContent);
        const stop = copy("quiz-stop");
        stop.addEventListener("click", end);
        stage.replaceChildren(filled(form), stop);
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          printAlone(filled(copy("quiz-list-paper")));
        });
        form.table.addEventListener("click", () => {
          const rows = names.map((name, who) => [who + 1, name, `${rights[who]} / ${all}`, verdict(rights[who], all), ""]);
          saveTable(`quiz-${said.when}.csv`, [[document.querySelector("h1").textContent, said.unit, said.when], head(form), ...rows]);
        });
        stage.scrollIntoView();
      }
      step(0);
    }

    for (const button of start.querySelectorAll("button[value]")) {
      button.addEventListener("click", () => alone(Number(button.value)));
    }
    const key = "quiz:names";
    try {
      start.names.value = localStorage.getItem(key) ?? "";
    } catch {
      // A private window keeps nothing.
    }
    start.when.value = today();
    start.addEventListener("submit", (event) => {
      event.preventDefault();
      const names = start.names.value.split(/[\n,，、;；]+/).map((name) => name.trim()).filter(Boolean);
      if (!names.length) return start.names.focus();
      try {
        localStorage.setItem(key, names.join("\n"));
      } catch {
        // As above; the class begins all the same.
      }
      together(names, { unit: start.unit.value, when: start.when.value });
    });
  }

  const parts = document.getElementById("quiz-parts");
  if (parts) run(document.getElementById("quiz-run"), parts);
  else {
    const section = document.querySelector(".role-quiz");
    if (section) whole(section);
  }
})();
