// Opens pages in the Chromium of the machine, without a network, and tells what it saw as JSON:
// node look.mjs FOLDER_OF_NODE_MODULES CHROMIUM PROFILE PROXY PAGE PDF
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, chromium, profile, proxy, page, pdf] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium: browser } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const context = await browser.launchPersistentContext(profile, {
  executablePath: chromium,
  headless: true,
  viewport: { width: 1600, height: 1000 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", `--proxy-server=${proxy}`, "--proxy-bypass-list=<-loopback>"],
});
const tab = await context.newPage();
const seen = { console: [], errors: [], requests: [] };
tab.on("console", (message) => seen.console.push(message.text()));
tab.on("pageerror", (error) => seen.errors.push(String(error)));
tab.on("request", (request) => seen.requests.push(request.url()));
await tab.goto(pathToFileURL(page).href);
await tab.waitForLoadState("networkidle");
seen.scripts = await tab.evaluate(() => document.querySelectorAll("script, iframe, object, embed, link").length);
// What the page itself did, before anything is asked of it.
const quiet = structuredClone(seen);
await tab.evaluate(axe);
const found = await tab.evaluate(() => axe.run(document));
const grave = found.violations.filter((each) => ["serious", "critical"].includes(each.impact));
quiet.violations = grave.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
quiet.passes = found.passes.length;
await tab.emulateMedia({ media: "print" });
// A3 landscape between its margins, in CSS pixels.
await tab.setViewportSize({ width: 1511, height: 1046 });
quiet.cut = await tab.evaluate(() => [...document.querySelectorAll("table, figure, svg, p, li")]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 120)));
quiet.wide = await tab.evaluate(() => document.documentElement.scrollWidth);
await tab.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
await context.close();
console.log(JSON.stringify(quiet));
