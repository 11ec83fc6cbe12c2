// Quiz: choose, see whether and why, count, print a record. Without it the answers are folded away.

(() => {
  let asked = 0;

  /** Turn a question's options into fields; `answered` is told whether the choice was right. */
  function ask(question, answered) {
    const options = question.querySelector(".options");
    const answer = question.querySelector("details");
    const right = [...options.dataset.right].map((letter) => letter.charCodeAt() - 65);
    const name = `question-${(asked += 1)}`;
    const fields = [...options.children].map((option) => {
      const label = document.createElement("label");
      const field = document.createElement("input");
      const said = document.createElement("span");
      field.type = right.length > 1 ? "checkbox" : "radio";
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
      if (!fields.some((field) => field.checked)) {
        told.textContent = check.dataset.choose;
        return;
      }
      const good = fields.every((field, place) => field.checked === right.includes(place));
      fields.forEach((field, place) => {
        field.disabled = true;
        if (right.includes(place)) options.children[place].classList.add("is-right");
        else if (field.checked) options.children[place].classList.add("is-wrong");
      });
      told.textContent = good ? check.dataset.right : check.dataset.wrong;
      told.classList.add(good ? "is-right" : "is-wrong");
      check.remove();
      answer.hidden = false;
      answer.open = true;
      answered(good);
    });
  }

  /** The count below the questions; once all are answered it offers the record. */
  function score(all) {
    const form = copy("quiz-score");
    let right = 0;
    let done = 0;
    const show = () => fill(form, { right, all });
    form.when.value = today();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = { who: form.who.value, unit: form.unit.value, when: form.when.value };
      printAlone(fill(copy("quiz-paper"), { ...said, right, all }));
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

  function shuffled(items) {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  }

  /** A run over the questions of many chapters, one at a time. */
  function run(start, parts) {
    const questions = [...parts.querySelectorAll(".role-quiz > ol > li")];
    const stage = document.createElement("section");
    stage.className = "role role-quiz quiz__stage";
    stage.hidden = true;
    start.after(stage);

    function begin(most) {
      const order = shuffled(questions).slice(0, most || questions.length);
      const count = score(order.length);
      start.hidden = parts.hidden = true;
      stage.hidden = false;
      const step = (place) => {
        const list = document.createElement("ol");
        list.style.counterReset = `item ${place}`;
        const question = order[place].cloneNode(true);
        list.append(question);
        ask(question, (good) => {
          if (count.answered(good)) return count.form.who.focus();
          const next = copy("quiz-next");
          next.addEventListener("click", () => step(place + 1));
          question.append(next);
        });
        stage.replaceChildren(list, count.form);
        if (place) list.querySelector("input").focus();
        stage.scrollIntoView();
      };
      count.form.again.addEventListener("click", () => {
        start.hidden = parts.hidden = false;
        stage.hidden = true;
        start.scrollIntoView();
      });
      step(0);
    }

    for (const button of start.querySelectorAll("button")) {
      button.addEventListener("click", () => begin(Number(button.value)));
    }
  }

  const parts = document.getElementById("quiz-parts");
  if (parts) {
    const start = copy("quiz-run");
    parts.before(start);
    run(start, parts);
  } else {
    const section = document.querySelector(".role-quiz");
    if (section) whole(section);
  }
})();
