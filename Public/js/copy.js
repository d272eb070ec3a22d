// Gives each block of code a button that copies it. Without scripting there is no button, and nothing is missing.
"use strict";

for (const block of document.querySelectorAll(".prose pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const isCopied = await copied(block);
    button.textContent = isCopied ? "Copied" : "Press Ctrl+C";
    said.textContent = isCopied ? "Copied." : "The text is marked: press Control and C.";
    setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, 3000);
  });
  const box = document.createElement("div");
  box.className = "code-block";
  block.before(box);
  box.append(block, button, said);
}

// The clipboard is there on secure pages alone; elsewhere the text is marked for the keyboard.
async function copied(block) {
  try {
    await navigator.clipboard.writeText(block.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(block);
    return false;
  }
}
