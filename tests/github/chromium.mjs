// Opens a page in Chromium, carries out the steps that it reads as JSON, and prints what they gave, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { browser: executablePath, url, steps, ...options } = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

const findViolations = async (page) => {
  await page.evaluate(axe); // by the debugger, so that the policy of the page stays in force
  const { violations } = await page.evaluate("axe.run()");
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
};
const carryOut = {
  axe: (page) => findViolations(page),
  click: (page, selector) => page.click(selector),
  evaluate: (page, expression) => page.evaluate(expression),
  fill: (page, [selector, text]) => page.fill(selector, text),
  media: (page, media) => page.emulateMedia({ media }),
  press: (page, key) => page.keyboard.press(key),
  screenshot: (page, path) => page.screenshot({ path }),
  screenshotOfAll: (page, path) => page.screenshot({ path, fullPage: true }),
  select: (page, [selector, value]) => page.selectOption(selector, value),
  size: (page, [width, height]) => page.setViewportSize({ width, height }),
};

const browser = await chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-quic"] });
const page = await browser.newPage(options);
const complaints = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("request", (request) => request.url() === url || complaints.push(`asks for ${request.url()}`));

const started = performance.now();
await page.goto(url);
await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
const seconds = (performance.now() - started) / 1000;
const results = [];
for (const step of steps) {
  const [[name, given]] = Object.entries(step);
  results.push((await carryOut[name](page, given)) ?? null);
}
await browser.close();
process.stdout.write(JSON.stringify({ seconds, complaints, results }));
