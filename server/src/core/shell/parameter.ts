/**
 * Applies `${name<operator>operand}` as in POSIX and Dockerfiles. If `value` is undefined, the variable is not known
 * to be set: a default is then used, and a result that depends on the value is unknown (undefined).
 */
export function applyOperator(
  value: string | undefined,
  operator: string,
  operand: () => string | undefined,
): string | undefined {
  switch (operator) {
    case ":-":
    case ":=":
      return value === undefined || value === "" ? operand() : value;
    case "-":
    case "=":
      return value === undefined ? operand() : value;
    case ":+":
      return value === undefined || value === "" ? "" : operand();
    case "+":
      return value === undefined ? "" : operand();
    case ":?":
      return value === "" ? undefined : value;
    case "?":
      return value;
  }
  const pattern = operand();
  if (value === undefined || pattern === undefined) return undefined;
  return operator.startsWith("#") || operator.startsWith("%")
    ? removeAffix(value, operator, pattern)
    : undefined;
}

/**
 * Applies `${value#pattern}` and its three variants for patterns that are a literal, or a literal with a `*` at one
 * end. For other patterns, the result is unknown.
 */
function removeAffix(value: string, operator: string, pattern: string): string | undefined {
  const literal = pattern.replace(/^\*|\*$/, "");
  if (/[*?[\\]/.test(literal)) return undefined;
  const longest = operator.length === 2;
  if (operator.startsWith("#")) {
    if (pattern === literal) return value.startsWith(literal) ? value.slice(literal.length) : value;
    if (pattern.endsWith("*"))
      return value.startsWith(literal) ? (longest ? "" : value.slice(literal.length)) : value;
    const at = longest ? value.lastIndexOf(literal) : value.indexOf(literal);
    return at === -1 ? value : value.slice(at + literal.length);
  }
  if (pattern === literal)
    return value.endsWith(literal) ? value.slice(0, value.length - literal.length) : value;
  if (pattern.startsWith("*")) {
    if (!value.endsWith(literal)) return value;
    return longest ? "" : value.slice(0, value.length - literal.length);
  }
  const at = longest ? value.indexOf(literal) : value.lastIndexOf(literal);
  return at === -1 ? value : value.slice(0, at);
}
