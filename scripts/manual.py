#!/usr/bin/env python3
"""Writes the manual farq(1) from the help texts: `farq --experimental-dump-help | python3 scripts/manual.py > farq.1`.

The words are those of `farq help <command>`; what is beside the commands (files, environment, exit codes) stands here.
"""

import json
import re
import sys


def escape(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def paragraphs(text):
    """Indented lines are examples and stay as they are; other lines are filled."""
    out, filled = [], False
    for line in text.rstrip().split("\n"):
        if line.startswith("  "):
            out += ([".nf"] if filled is not None else []) + [escape(line)]
            filled = None
            continue
        if filled is None:
            out.append(".fi")
        filled = True
        out.append(escape(line) if line.strip() else ".PP")
    return out + ([".fi"] if filled is None else [])


def spelled(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"\\fI{escape(value)}\\fR"
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    names = [f"\\fB{escape(dashes[name['kind']] + name['name'])}\\fR" for name in argument["names"]]
    return ", ".join(names) + (f" \\fI{escape(value)}\\fR" if argument["kind"] == "option" else "")


def described(argument):
    lines = [".TP", spelled(argument)]
    text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")]))
    default = argument.get("defaultValue")
    if default:
        text = f"{text} (default: {default})".strip()
    return lines + [escape(re.sub(r"\s+", " ", text)) or "\\&"]


def command(info, path):
    lines = [f'.SS "{escape(" ".join(path))}"']
    lines += paragraphs(info.get("abstract", ""))
    if info.get("discussion"):
        lines += [".PP"] + paragraphs(info["discussion"])
    section = None
    for argument in info.get("arguments", []):
        names = {name["name"] for name in argument.get("names", [])}
        if not argument.get("shouldDisplay", True) or names & {"help", "version"}:
            continue
        title = argument.get("sectionTitle")
        if title != section and title:
            lines += [".PP", f"\\fI{escape(title.capitalize())}\\fR"]
        section = title
        lines += described(argument)
    for inner in info.get("subcommands", []):
        if inner["commandName"] != "help":
            lines += command(inner, path + [inner["commandName"]])
    return lines


SETUP = """.SS "farq setup [\\-\\-here]"
Of the installed program only: get the libtorch that it was compiled for by pip, into the user's cache, or with
\\fB\\-\\-here\\fR into the program's own folder, for every user and for services."""

REST = """.SH ENVIRONMENT
.TP
.B LIBTORCH
The folder of a libtorch, which holds lib/libtorch_cpu.so; Python's torch package is one.
.TP
.B FARQ_PIP_ARGS
Further words for pip in \\fBfarq setup\\fR, for example an index of one's own.
.TP
.B XDG_CACHE_HOME
Where \\fBfarq setup\\fR keeps libtorch, in farq; by default ~/.cache.
.SH EXIT STATUS
0 done; 64 wrong usage; 65 bad data; 66 missing input; 69 unavailable; 74 reading or writing failed; 70 a fault of Farq.
Errors are one line on standard error: what, where, and what to do."""


def main():
    root = json.load(sys.stdin)["command"]
    lines = ['.TH FARQ 1 "" "Farq" "User Commands"', ".SH NAME", f"farq \\- {escape(root['abstract'].rstrip('.'))}"]
    lines += [".SH SYNOPSIS", "\\fBfarq\\fR \\fIcommand\\fR [\\fIoptions\\fR]", ".SH DESCRIPTION"]
    lines += paragraphs(root.get("discussion", "").split("Exit codes:")[0])
    lines += [".SH COMMANDS", "\\fBfarq help\\fR \\fIcommand\\fR says the same of one command."]
    for info in root.get("subcommands", []):
        if info["commandName"] != "help":
            lines += command(info, ["farq", info["commandName"]])
    print("\n".join(lines) + "\n" + SETUP + "\n" + REST)


main()
