// Loaded into a Node program that is measured: at its end it writes the CPU time in milliseconds and the largest
// resident set in megabytes to file descriptor 3.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 };
  require("node:fs").writeSync(3, JSON.stringify(used));
});
