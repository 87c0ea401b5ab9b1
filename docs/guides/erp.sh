# Talks to the books of DE01 in a running Rialto. Needs $ADDRESS and $TOKEN (server.json of the data folder).
BOOKS="$ADDRESS/v1/erp/legal-entities/DE01"

# ask <address> [<body>] [<key>]: as the owner; with a body it is sent; with a key it happens once.
ask() {
  curl -s -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \
    ${2:+-d "$2"} ${3:+-H "idempotency-key: $3"} "$1"
}
# get <path>, send <path> <body> [<key>]: within the books.
get() { ask "$BOOKS/$1"; }
send() { ask "$BOOKS/$1" "$2" "$3"; }

# hire <name> <role>: another person, signed in by her link. as <name> <path> <body>: she sends it.
hire() {
  curl -s -o /dev/null -c "$1.cookies" "$ADDRESS$(ask "$ADDRESS/v1/people" \
    "{\"name\":\"$1\",\"role\":\"$2\"}" | pick path)"
}
as() {
  curl -s -b "$1.cookies" -H "origin: $ADDRESS" -H 'content-type: application/json' -d "$3" "$BOOKS/$2"
}

# pick <field> …: what an answer says there; 'lines.0.net' is the net of the first line.
pick() {
  node -pe 'const it = JSON.parse(fs.readFileSync(0)); process.argv.slice(1).map((path) =>
    path.split(".").reduce((at, name) => at?.[name], it) ?? "-").join(" ")' "$@"
}
# balance <account> <day>: of the ledger, a debit above zero.
balance() {
  get "trial-balance?to=$2" | node -pe '(JSON.parse(fs.readFileSync(0)).rows
    .find(({ account }) => account === process.argv[1]) ?? { closing: "0.00" }).closing' "$1"
}
