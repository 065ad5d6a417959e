#!/usr/bin/env python3
"""Merges the OpenAPI files of one program into one document, and checks them.

usage: merge_openapi.py --version 1.2.3 --out openapi.json [--shared common.json] [--manifest manifest.json] FILE…

One FILE holds `info`; each of the others describes one resource: `tags`, `paths`, `components`. The shared
file holds components that several programs use; only those that are referred to are copied. It also says, in
`x-standard`, which security every operation has, and by the beginning of the path which responses: `every`
operation, those for `signed_in` callers, those `writing`. So no file repeats them.

Every broken rule is one line that names the file and the place; then the exit status is 1 and nothing is written.
"""
import argparse
import copy
import json
import re
import sys

METHODS = ('get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace')
FILE_MEMBERS = ('openapi', 'info', 'tags', 'paths', 'components', 'x-standard')
ROLE_COLUMNS = (('anonymous', 'Not signed in'), ('rep_own', 'Rep: own'), ('rep_other', "Rep: others'"),
                ('admin', 'Admin'))
ROLE_WORDS = {'allowed': 'yes', 'own_only': 'own only', 'left_out': 'left out', 'none': '–'}
ROLE_STATUSES = (401, 403, 404, 422)
ROLE_LEGEND = (
    'A number is the status of the refusal. "own only": allowed for what belongs to the caller; a foreign id gives '
    '404, or cannot be named at all. "left out": the list holds nothing that belongs to others. '
    '"–": there is nothing that belongs to others.')


def no_key_twice(pairs):
    members = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f'the member "{key}" stands twice in one object')
        members[key] = value
    return members


class Merger:
    def __init__(self, version):
        self.version = version
        self.document = {'openapi': '3.1.0', 'tags': [], 'paths': {}, 'components': {}}
        self.shared = {}
        self.standard = {}
        self.used_shared = []
        self.places = {}  # (kind, name) → file
        self.problems = []

    def blame(self, file, place, what):
        line = f'{file}: {place}: {what}'
        if line not in self.problems:
            self.problems.append(line)

    def load(self, file):
        try:
            with open(file, encoding='utf-8') as text:
                part = json.load(text, object_pairs_hook=no_key_twice)
        except (OSError, ValueError) as error:
            self.blame(file, '#', str(error))
            return {}
        for member in part:
            if member not in FILE_MEMBERS:
                self.blame(file, member, 'is no member of an OpenAPI file here')
        return part

    # ---- reading

    def read_shared(self, file):
        part = self.load(file)
        self.standard = part.get('x-standard', {})
        for kind, members in part.get('components', {}).items():
            for name, value in members.items():
                self.shared[(kind, name)] = value
                self.places[(kind, name)] = file

    def read(self, file):
        part = self.load(file)
        if 'info' in part:
            if 'info' in self.document:
                self.blame(file, 'info', f'stands also in {self.places["info"]}')
            self.document['info'] = part['info']
            self.places['info'] = file
        for tag in part.get('tags', []):
            self.take(file, 'tags', tag['name'], f'tags/{tag["name"]}', lambda tag=tag: self.document['tags'].append(tag))
            if not tag.get('description'):
                self.blame(file, f'tags/{tag["name"]}', 'has no description')
        for path, item in part.get('paths', {}).items():
            for method, operation in item.items():
                self.read_operation(file, path, method, operation)
        for kind, members in part.get('components', {}).items():
            target = self.document['components'].setdefault(kind, {})
            for name, value in members.items():
                self.take(file, kind, name, f'components/{kind}/{name}',
                          lambda name=name, value=value: target.__setitem__(name, value))

    def take(self, file, kind, name, place, add):
        if (kind, name) in self.places:
            self.blame(file, place, f'is described twice; first in {self.places[(kind, name)]}')
            return
        self.places[(kind, name)] = file
        add()

    def read_operation(self, file, path, method, operation):
        place = f'{method.upper()} {path}'
        if method not in METHODS:
            self.blame(file, place, 'is no HTTP method; parameters belong to each operation')
            return
        operation_id = operation.get('operationId', '')
        if operation_id and ('operationId', operation_id) in self.places:
            self.blame(file, f'{place}/operationId',
                       f'{operation_id} is used twice; first in {self.places[("operationId", operation_id)]}')
        self.places[('operationId', operation_id)] = file
        self.take(file, 'paths', f'{path}/{method}', place,
                  lambda: self.document['paths'].setdefault(path, {}).__setitem__(method, self.completed(path, method, operation)))

    def completed(self, path, method, operation):
        """The operation with what the shared file says every operation has. What it says itself wins."""
        done = dict(operation)
        is_public = operation.get('security') == []
        if 'security' not in done and 'security' in self.standard:
            done['security'] = copy.deepcopy(self.standard['security'])
        prefixes = [each for each in self.standard if each.startswith('/') and path.startswith(each)]
        standard = self.standard[max(prefixes, key=len)] if prefixes else {}
        responses = dict(standard.get('every', {}))
        if not is_public:
            responses.update(standard.get('signed_in', {}))
        if method in ('post', 'put'):
            responses.update(standard.get('writing', {}))
        responses = {status: {'$ref': ref} for status, ref in responses.items()}
        responses.update(operation.get('responses', {}))
        done['responses'] = {status: responses[status] for status in sorted(responses)}
        return done

    # ---- references

    def resolve(self, ref):
        found = self.document
        for part in ref[2:].split('/'):
            part = part.replace('~1', '/').replace('~0', '~')
            if not isinstance(found, dict) or part not in found:
                return None
            found = found[part]
        return found

    def resolve_all(self):
        """Copies the shared components that are referred to; reports references that lead nowhere."""
        waiting = [(self.document['paths'], '')] + [
            (value, (kind, name)) for kind, members in self.document['components'].items()
            for name, value in members.items()]
        used = set()
        while waiting:
            node, owner = waiting.pop()
            for where, ref in refs_in(node):
                match = re.fullmatch(r'#/components/([^/]+)/([^/]+)(/.*)?', ref)
                if not match:
                    self.blame(self.file_of(owner, where), place_of(owner, where), f'the reference {ref} must name a component')
                    continue
                key = (match.group(1), match.group(2))
                if key != owner:
                    used.add(key)
                if key in self.shared and key not in self.used_shared:
                    self.used_shared.append(key)
                    waiting.append((self.shared[key], key))
                    self.document['components'].setdefault(key[0], {})[key[1]] = self.shared[key]
                if self.resolve(ref) is None:
                    self.blame(self.file_of(owner, where), place_of(owner, where), f'the reference {ref} leads nowhere')
        used |= self.resolve_security()
        for kind, members in self.document['components'].items():
            for name in members:
                if (kind, name) not in used:
                    self.blame(self.places[(kind, name)], f'components/{kind}/{name}', 'is used nowhere')

    def resolve_security(self):
        used = set()
        for path, method, operation in self.operations():
            for name in (name for need in operation.get('security', []) for name in need):
                used.add(('securitySchemes', name))
                schemes = self.document['components'].setdefault('securitySchemes', {})
                if ('securitySchemes', name) in self.shared:
                    schemes[name] = self.shared[('securitySchemes', name)]
                elif name not in schemes:
                    self.blame(self.places[('paths', f'{path}/{method}')], f'{method.upper()} {path}/security',
                               f'there is no security scheme {name}')
        return used

    def file_of(self, owner, where):
        if owner:
            return self.places[owner]
        return self.places.get(('paths', '/'.join(where[:2])), '?')

    def operations(self):
        for path, item in self.document['paths'].items():
            for method, operation in item.items():
                yield path, method, operation

    # ---- rules

    def check_info(self):
        info = self.document.get('info')
        if info is None:
            self.blame('the given files', 'info', 'none of them holds `info`')
            return
        for member in ('title', 'description', 'contact', 'license'):
            if not info.get(member):
                self.blame(self.places['info'], f'info/{member}', 'is missing')
        if 'version' in info:
            self.blame(self.places['info'], 'info/version', 'comes from the build')

    def check_operations(self):
        for path, method, operation in self.operations():
            file = self.places[('paths', f'{path}/{method}')]
            place = f'{method.upper()} {path}'
            if not re.fullmatch(r'[a-z][A-Za-z0-9]*', operation.get('operationId', '')):
                self.blame(file, f'{place}/operationId', 'must be a lowerCamelCase name')
            for member in ('summary', 'description'):
                if not operation.get(member):
                    self.blame(file, place, f'has no {member}')
            tags = operation.get('tags', [])
            if len(tags) != 1 or ('tags', tags[0]) not in self.places:
                self.blame(file, f'{place}/tags', 'must name one tag that is described')
            self.check_roles(file, place, operation)
            self.check_parameters(file, place, path, operation)
            body = operation.get('requestBody')
            if body is not None:
                self.check_content(file, f'{place}/requestBody', body.get('content', {}), needs_example=True)
            self.check_responses(file, place, operation)

    def check_roles(self, file, place, operation):
        roles = operation.get('x-roles')
        names = [name for name, _ in ROLE_COLUMNS]
        if not isinstance(roles, dict) or sorted(roles) != sorted(names):
            self.blame(file, f'{place}/x-roles', 'must say ' + ', '.join(names))
            return
        for name, value in roles.items():
            if value not in ROLE_WORDS and value not in ROLE_STATUSES:
                self.blame(file, f'{place}/x-roles/{name}', f'{value} is neither a known word nor a status')
            elif isinstance(value, int) and str(value) not in operation['responses']:
                self.blame(file, f'{place}/x-roles/{name}', f'the status {value} is not among the responses')
        if (operation.get('security') == []) != (roles['anonymous'] == 'allowed'):
            self.blame(file, f'{place}/security', 'must be [] where x-roles allows anonymous callers, and nowhere else')

    def check_parameters(self, file, place, path, operation):
        declared = set()
        for index, given in enumerate(operation.get('parameters', [])):
            parameter = self.resolve(given['$ref']) if '$ref' in given else given
            if parameter is None:
                continue
            name = parameter.get('name', index)
            if parameter.get('in') == 'path':
                declared.add(name)
            if not parameter.get('description'):
                self.blame(file, f'{place}/parameters/{name}', 'has no description')
            if 'schema' not in parameter:
                self.blame(file, f'{place}/parameters/{name}', 'has no schema')
        named = set(re.findall(r'{([^}]+)}', path))
        for name in sorted(named ^ declared):
            self.blame(file, f'{place}/parameters/{name}', 'stands in only one of path and parameters')

    def check_responses(self, file, place, operation):
        if not any(status.startswith(('2', '3')) for status in operation['responses']):
            self.blame(file, f'{place}/responses', 'no success is described')
        for status, response in operation['responses'].items():
            if '$ref' not in response:
                self.check_response(file, f'{place}/responses/{status}', response)

    def check_response(self, file, place, response):
        if not response.get('description'):
            self.blame(file, place, 'has no description')
        for name, header in response.get('headers', {}).items():
            if '$ref' not in header and not header.get('description'):
                self.blame(file, f'{place}/headers/{name}', 'has no description')
        self.check_content(file, place, response.get('content', {}), needs_example=False)

    def check_content(self, file, place, content, needs_example):
        for media, value in content.items():
            where = f'{place}/content/{media}'
            if (needs_example or media.endswith('json')) and 'example' not in value and not value.get('examples'):
                self.blame(file, where, 'has no example')
            if 'schema' in value:
                self.check_schema(file, f'{where}/schema', value['schema'])
            else:
                self.blame(file, where, 'has no schema')

    def check_components(self):
        for kind, members in self.document['components'].items():
            for name, value in members.items():
                file, place = self.places[(kind, name)], f'components/{kind}/{name}'
                if kind == 'schemas':
                    if not re.fullmatch(r'[A-Z][A-Za-z0-9]*', name):
                        self.blame(file, place, 'must be a PascalCase name')
                    if not value.get('description'):
                        self.blame(file, place, 'has no description')
                    self.check_schema(file, place, value)
                elif kind == 'responses':
                    self.check_response(file, place, value)
                elif not value.get('description'):
                    self.blame(file, place, 'has no description')

    def check_schema(self, file, place, schema):
        if not isinstance(schema, dict):
            return
        for name, value in schema.get('properties', {}).items():
            where = f'{place}/properties/{name}'
            target = self.resolve(value['$ref']) or {} if '$ref' in value else {}
            if not value.get('description') and not target.get('description'):
                self.blame(file, where, 'has no description')
            self.check_schema(file, where, value)
        for member in ('items', 'additionalProperties', 'not'):
            self.check_schema(file, f'{place}/{member}', schema.get(member))
        for member in ('allOf', 'anyOf', 'oneOf'):
            for index, each in enumerate(schema.get(member, [])):
                self.check_schema(file, f'{place}/{member}/{index}', each)

    def check_manifest(self, file):
        """The routes that a module declares and the operations described here are the same."""
        with open(file, encoding='utf-8') as text:
            routes = {(route['path'], route['method'].lower()): route['access'] for route in json.load(text)['routes']}
        described = {(path, method): operation for path, method, operation in self.operations()}
        for path, method in routes:
            if (path, method) not in described:
                self.blame(file, f'{method.upper()} {path}', 'is described by no OpenAPI file')
        for (path, method), operation in described.items():
            place, described_in = f'{method.upper()} {path}', self.places[('paths', f'{path}/{method}')]
            access = routes.get((path, method))
            roles = operation.get('x-roles') or {}
            if access is None:
                self.blame(described_in, place, f'{file} has no such route')
            elif (access == 'open') != (operation.get('security') == []):
                self.blame(described_in, f'{place}/security', f'must be [] exactly for open routes; {file} says {access}')
            elif (access == 'admin') != (roles.get('rep_own') == 403):
                self.blame(described_in, f'{place}/x-roles', f'rep_own must be 403 exactly for admin routes; {file} says {access}')

    # ---- writing

    def roles_table(self):
        lines = ['## Who may do what', '', ROLE_LEGEND, '',
                 '| Operation | ' + ' | '.join(title for _, title in ROLE_COLUMNS) + ' |',
                 '|---' * (len(ROLE_COLUMNS) + 1) + '|']
        for path, method, operation in self.operations():
            cells = [str(ROLE_WORDS.get(operation['x-roles'][name], operation['x-roles'][name]))
                     for name, _ in ROLE_COLUMNS]
            lines.append(f'| `{method.upper()} {path}` | ' + ' | '.join(cells) + ' |')
        return '\n'.join(lines)

    def finished(self):
        info = dict(self.document['info'])
        info['description'] += '\n\n' + self.roles_table()
        info['version'] = self.version
        components = {kind: dict(sorted(members.items()))
                      for kind, members in sorted(self.document['components'].items()) if members}
        return {'openapi': self.document['openapi'], 'info': info, 'tags': self.document['tags'],
                'paths': self.document['paths'], 'components': components}


def place_of(owner, where):
    if owner:
        return '/'.join(('components',) + owner + where)
    path, method, *rest = where
    return '/'.join([f'{method.upper()} {path}', *rest])


def refs_in(node, where=()):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == '$ref' and isinstance(value, str):
                yield where, value
            elif key not in ('example', 'examples', 'const', 'enum'):
                yield from refs_in(value, where + (key,))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from refs_in(value, where + (str(index),))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--version', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--shared')
    parser.add_argument('--manifest')
    parser.add_argument('files', nargs='+')
    options = parser.parse_args()

    merger = Merger(options.version)
    if options.shared:
        merger.read_shared(options.shared)
    for file in options.files:
        merger.read(file)
    merger.check_info()
    merger.resolve_all()
    merger.check_operations()
    merger.check_components()
    if options.manifest:
        merger.check_manifest(options.manifest)
    if merger.problems:
        print('\n'.join(merger.problems), file=sys.stderr)
        return 1
    with open(options.out, 'w', encoding='utf-8') as out:
        json.dump(merger.finished(), out, ensure_ascii=False, indent=1)
        out.write('\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
