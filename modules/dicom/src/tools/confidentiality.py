#!/usr/bin/env python3
"""Writes confidentiality.tsv from PS3.15 table E.1-1.

    python3 src/tools/confidentiality.py ATTRIBUTES.json      (run in modules/dicom)

ATTRIBUTES.json is a list of objects as published by innolitics/dicom-standard
(confidentiality_profile_attributes.json).
"""
import json
import pathlib
import sys

COLUMNS = [
    "basicProfile", "rtnSafePrivOpt", "rtnUIDsOpt", "rtnDevIdOpt", "rtnInstIdOpt", "rtnPatCharsOpt",
    "rtnLongFullDatesOpt", "rtnLongModifDatesOpt", "cleanDescOpt", "cleanStructContOpt", "cleanGraphOpt",
]
OUT = pathlib.Path(__file__).parent.parent / "main/resources/org/vigil/dicom/deidentify/confidentiality.tsv"


def main():
    rows = json.loads(pathlib.Path(sys.argv[1]).read_text())
    lines = []
    for row in rows:
        tag = row["id"].lower()
        if len(tag) != 8:
            continue  # private attributes: the rule is in the code
        lines.append("\t".join([tag] + [row.get(c) or "" for c in COLUMNS]))
    OUT.write_text("\n".join(["# tag\t" + "\t".join(COLUMNS)] + sorted(lines)) + "\n")
    print(len(lines), "attributes")


main()
