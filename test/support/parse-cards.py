"""Reads vCards and calendars from a JSON array on stdin with vobject; answers their properties as JSON."""
import json
import sys

import vobject


def plain(value):
    if isinstance(value, str):
        return value
    if isinstance(value, vobject.vcard.Name):
        return [value.family, value.given, value.additional, value.prefix, value.suffix]
    if isinstance(value, vobject.vcard.Address):
        return [value.box, value.extended, value.street, value.city, value.region, value.code, value.country]
    if isinstance(value, list):
        return [plain(part) for part in value]
    return None


def properties(component):
    found = []
    for child in component.getChildren():
        if isinstance(child, vobject.base.Component):
            found.append(['BEGIN', child.name, {}])
            found.extend(properties(child))
        else:
            found.append([child.name.upper(), plain(child.value), child.params])
    return found


answers = []
for text in json.load(sys.stdin):
    components = list(vobject.readComponents(text, allowQP=False))
    answers.append([properties(component) for component in components])
json.dump(answers, sys.stdout)
