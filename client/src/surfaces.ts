// Generated from the server's table of surfaces; `npm run test:unit -- -u` writes it.

/** The kinds of files that are linted, by their names and languages. */
export const surfaces = [{
  "kind": "dockerfile",
  "languageIds": [
    "dockerfile"
  ],
  "names": [
    "Dockerfile",
    "Containerfile",
    "Dockerfile.*",
    "Containerfile.*",
    "*.dockerfile",
    "*.Dockerfile",
    "*.containerfile",
    "*.Containerfile"
  ],
  "except": [
    "*.j2",
    "*.jinja",
    "*.jinja2",
    "*.tmpl",
    "*.tpl",
    "*.template",
    "*.erb",
    "*.ejs",
    "*.hbs",
    "*.mustache",
    "*.m4",
    "*.md",
    "*.markdown",
    "*.rst",
    "*.adoc",
    "*.txt",
    "*.html",
    "*.bak",
    "*.orig",
    "*.rej",
    "*.swp",
    "*.patch",
    "*.diff",
    "*~",
    "*.json",
    "*.yaml",
    "*.yml",
    "*.lock",
    "*.log",
    "*.sh",
    "*ignore",
    ".dockerfile",
    ".containerfile"
  ]
}, {
  "kind": "compose",
  "languageIds": [
    "dockercompose"
  ],
  "names": [
    "compose.yaml",
    "compose.yml",
    "compose.*.yaml",
    "compose.*.yml",
    "compose-*.yaml",
    "compose-*.yml",
    "compose_*.yaml",
    "compose_*.yml",
    "*docker-compose.yaml",
    "*docker-compose.yml",
    "*docker-compose.*.yaml",
    "*docker-compose.*.yml",
    "*docker-compose-*.yaml",
    "*docker-compose-*.yml",
    "*docker-compose_*.yaml",
    "*docker-compose_*.yml",
    "*podman-compose.yaml",
    "*podman-compose.yml",
    "*podman-compose.*.yaml",
    "*podman-compose.*.yml",
    "*podman-compose-*.yaml",
    "*podman-compose-*.yml",
    "*podman-compose_*.yaml",
    "*podman-compose_*.yml",
    "*container-compose.yaml",
    "*container-compose.yml",
    "*container-compose.*.yaml",
    "*container-compose.*.yml",
    "*container-compose-*.yaml",
    "*container-compose-*.yml",
    "*container-compose_*.yaml",
    "*container-compose_*.yml"
  ],
  "except": []
}, {
  "kind": "molecule",
  "languageIds": [],
  "namedIn": [
    "yaml",
    "ansible"
  ],
  "names": [
    "molecule.yml",
    "molecule.yaml"
  ],
  "except": []
}, {
  "kind": "kitchen",
  "languageIds": [],
  "namedIn": [
    "yaml"
  ],
  "names": [
    "kitchen.yml",
    ".kitchen.yml",
    "kitchen.*.yml",
    ".kitchen.*.yml"
  ],
  "except": []
}, {
  "kind": "devcontainer",
  "languageIds": [],
  "namedIn": [
    "jsonc",
    "json"
  ],
  "names": [
    "devcontainer.json",
    ".devcontainer.json"
  ],
  "except": []
}, {
  "kind": "github-actions",
  "languageIds": [],
  "namedIn": [
    "yaml",
    "github-actions-workflow"
  ],
  "names": [
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    "action.yml",
    "action.yaml"
  ],
  "except": []
}, {
  "kind": "gitlab-ci",
  "languageIds": [],
  "namedIn": [
    "yaml"
  ],
  "names": [
    "*.gitlab-ci.yml"
  ],
  "except": []
}, {
  "kind": "quadlet",
  "languageIds": [],
  "namedIn": [
    "plaintext",
    "ini",
    "properties",
    "systemd-conf",
    "systemd-unit-file",
    "quadlet"
  ],
  "names": [
    "*.container",
    "*.kube",
    "*.build"
  ],
  "except": [
    "meson.build"
  ]
}, {
  "kind": "script",
  "languageIds": [],
  "namedIn": [
    "shellscript"
  ],
  "names": [
    "*.sh",
    "*.bash"
  ],
  "except": []
}, {
  "kind": "makefile",
  "languageIds": [],
  "namedIn": [
    "makefile"
  ],
  "names": [
    "Makefile",
    "GNUmakefile",
    "*.mk"
  ],
  "except": []
}, {
  "kind": "markdown",
  "languageIds": [],
  "namedIn": [
    "markdown"
  ],
  "names": [
    "*.md"
  ],
  "except": []
}, {
  "kind": "terraform",
  "languageIds": [],
  "namedIn": [
    "terraform",
    "opentofu"
  ],
  "names": [
    "*.tf",
    "*.tofu"
  ],
  "except": []
}, {
  "kind": "ansible",
  "languageIds": [],
  "namedIn": [
    "yaml",
    "ansible"
  ],
  "names": [
    "*.yml",
    "*.yaml"
  ],
  "except": [],
  "byContent": true
}, {
  "kind": "kubernetes",
  "languageIds": [],
  "namedIn": [
    "yaml"
  ],
  "names": [
    "*.yml",
    "*.yaml"
  ],
  "except": [],
  "byContent": true
}] as const;
