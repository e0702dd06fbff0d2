"""The peer of the part `documents`: a template of paragraphs, filled by docxtpl as often as told."""

import json
import sys

import docx
from docxtpl import DocxTemplate

template = docx.Document()
for line in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
    template.add_paragraph(line)
template.save("template.docx")

with open("judgment.json", encoding="utf-8") as file:
    lines = json.load(file)
for number in range(int(sys.argv[1])):
    paper = DocxTemplate("template.docx")
    paper.render({"lines": lines})
    paper.save(f"judgment-{number}.docx")
