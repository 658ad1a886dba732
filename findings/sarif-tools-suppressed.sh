#!/usr/bin/env bash
# sarif-tools 3.0.5: what is suppressed, and what the report says is gone, counts as an error; messages by id are not looked up.
#
# The guess: `--check error` fails for the errors that a reader has to do something about. A result that carries a suppression
# and one whose `baselineState` is `absent`, so which this run no longer had, are listed and counted with the others. A result
# whose kind is `pass` is not. A message that is given by its id in the rule's table is shown as that id.
#
# Runs on Python 3.11; PYTHON names another than python3.
# Seen: the text at the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5
cat > write.py <<'PY'
import json
import sys

KINDS = {
    "plain": {"message": {"text": "plain"}},
    "by_id": {"message": {"id": "torn", "arguments": ["list.rs"]}},
    "suppressed": {"message": {"text": "suppressed"}, "suppressions": [{"kind": "inSource", "status": "accepted"}]},
    "absent": {"message": {"text": "absent"}, "baselineState": "absent"},
    "pass": {"message": {"text": "pass"}, "kind": "pass", "level": "none"},
}
rule = {"id": "race", "messageStrings": {"torn": {"text": "torn read in {0}"}}}
place = {"physicalLocation": {"artifactLocation": {"uri": "list.rs"}, "region": {"startLine": 7}}}
result = {"ruleId": "race", "level": "error", "locations": [place]} | KINDS[sys.argv[1]]
run = {"tool": {"driver": {"name": "checker", "rules": [rule]}}, "results": [result]}
print(json.dumps({"version": "2.1.0", "runs": [run]}))
PY
for kind in plain by_id suppressed absent pass; do
    venv/bin/python write.py $kind > report.sarif
    status=0
    venv/bin/sarif --check error csv report.sarif --output report.csv > log 2>&1 || status=$?
    echo "$kind: $(tail -1 report.csv | tr -d '\r'), status $status"
done | tee seen
cat > expected <<'TEXT'
plain: checker,error,race,plain,list.rs,7, status 1
by_id: checker,error,race,torn,list.rs,7, status 1
suppressed: checker,error,race,suppressed,list.rs,7, status 1
absent: checker,error,race,absent,list.rs,7, status 1
pass: checker,none,race,pass,list.rs,7, status 0
TEXT
diff expected seen && echo "as written"
