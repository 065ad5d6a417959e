"""Shows that merge_openapi.py accepts a good set of files and refuses each broken rule, naming file and place."""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

MERGER = pathlib.Path(__file__).resolve().parents[2] / 'host-sdk/cmake/merge_openapi.py'
OWN = {'anonymous': 401, 'rep_own': 'allowed', 'rep_other': 404, 'admin': 'allowed'}
OPEN = dict.fromkeys(OWN, 'allowed')

INFO = {'info': {'title': 'Pets', 'description': 'All about pets.', 'contact': {'name': 'Keepers'},
                 'license': {'name': 'Apache-2.0'}}}
SHARED = {
    'x-standard': {'security': [{'bearerAuth': []}],
                   '/': {'every': {'400': '#/components/responses/Bad'}, 'writing': {'411': '#/components/responses/Bad'},
                         'signed_in': {'401': '#/components/responses/Bad'}},
                   '/shop': {'every': {'418': '#/components/responses/Bad'}}},
    'components': {
        'schemas': {
            'Problem': {'type': 'object', 'description': 'A refusal.',
                        'properties': {'code': {'type': 'string', 'description': 'Which one.'}}},
            'Unused': {'type': 'object', 'description': 'Of another program.'}},
        'responses': {
            'Bad': {'description': 'Refused.', 'content': {'application/problem+json': {
                'schema': {'$ref': '#/components/schemas/Problem'}, 'example': {'code': 'bad'}}}},
            'NotFound': {'description': 'Not there.'}},
        'securitySchemes': {'bearerAuth': {'type': 'http', 'scheme': 'bearer', 'description': 'A token.'}}}}
PETS = {
    'tags': [{'name': 'Pets', 'description': 'Animals.'}],
    'paths': {
        '/pets/{id}': {
            'put': {
                'operationId': 'updatePet', 'summary': 'Change a pet', 'description': 'Changes one pet.', 'tags': ['Pets'],
                'x-roles': OWN,
                'parameters': [{'name': 'id', 'in': 'path', 'required': True, 'description': 'Which pet.',
                                'schema': {'type': 'integer'}}],
                'requestBody': {'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Pet'},
                                                                 'example': {'name': 'Rex'}}}},
                'responses': {'200': {'description': 'The pet.', 'content': {'application/json': {
                    'schema': {'$ref': '#/components/schemas/Pet'}, 'example': {'name': 'Rex'}}}},
                    '404': {'$ref': '#/components/responses/NotFound'}}}}},
    'components': {'schemas': {'Pet': {'type': 'object', 'description': 'An animal.', 'properties': {
        'name': {'type': 'string', 'description': 'Its name.'}}}}}}
SHOP = {
    'tags': [{'name': 'Shop', 'description': 'For everybody.'}],
    'paths': {'/shop': {'get': {
        'operationId': 'getShop', 'summary': 'Show the shop', 'description': 'Shows it.', 'tags': ['Shop'],
        'security': [], 'x-roles': OPEN, 'responses': {'204': {'description': 'It is there.'}}}}}}
MANIFEST = {'routes': [{'method': 'PUT', 'path': '/pets/{id}', 'access': 'user'},
                       {'method': 'GET', 'path': '/shop', 'access': 'open'}]}


class Merge(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.parts = {name: copy.deepcopy(part) for name, part in (
            ('info', INFO), ('pets', PETS), ('shop', SHOP), ('shared', SHARED), ('manifest', MANIFEST))}
        self.update = self.parts['pets']['paths']['/pets/{id}']['put']
        self.shop = self.parts['shop']['paths']['/shop']['get']
        self.pet = self.parts['pets']['components']['schemas']['Pet']

    def run_merger(self, raw=None):
        for name, part in self.parts.items():
            (self.folder / f'{name}.json').write_text(json.dumps(part))
        for name, text in (raw or {}).items():
            (self.folder / f'{name}.json').write_text(text)
        return subprocess.run(
            [sys.executable, '-B', str(MERGER), '--version', '1.2.3', '--out', 'out.json', '--shared', 'shared.json',
             '--manifest', 'manifest.json', 'info.json', 'pets.json', 'shop.json'],
            cwd=self.folder, capture_output=True, text=True, check=False)

    def refused(self, *lines, raw=None):
        done = self.run_merger(raw)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertFalse((self.folder / 'out.json').exists())
        self.assertEqual(done.stderr.splitlines(), list(lines))

    def test_good_files_become_one_document(self):
        done = self.run_merger()
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        merged = json.loads((self.folder / 'out.json').read_text())
        self.assertEqual(merged['info']['version'], '1.2.3')
        self.assertIn("| `PUT /pets/{id}` | 401 | yes | 404 | yes |", merged['info']['description'])
        self.assertEqual([tag['name'] for tag in merged['tags']], ['Pets', 'Shop'])
        put = merged['paths']['/pets/{id}']['put']
        self.assertEqual(put['security'], [{'bearerAuth': []}])
        self.assertEqual(list(put['responses']), ['200', '400', '401', '404', '411'])
        shop = merged['paths']['/shop']['get']
        self.assertEqual((shop['security'], list(shop['responses'])), ([], ['204', '418']))
        self.assertEqual(list(merged['components']['schemas']), ['Pet', 'Problem'])
        self.assertIn('bearerAuth', merged['components']['securitySchemes'])

    def test_what_is_described_twice(self):
        self.parts['shop']['paths']['/pets/{id}'] = {'put': self.update}
        self.refused('shop.json: PUT /pets/{id}/operationId: updatePet is used twice; first in pets.json',
                     'shop.json: PUT /pets/{id}: is described twice; first in pets.json')

    def test_a_path(self):
        self.parts['shop']['paths']['/pets/{id}'] = {'put': {**self.update, 'operationId': 'changePet'}}
        self.refused('shop.json: PUT /pets/{id}: is described twice; first in pets.json')

    def test_a_schema_name(self):
        self.parts['shop']['components'] = {'schemas': {'Pet': self.pet}}
        self.refused('shop.json: components/schemas/Pet: is described twice; first in pets.json')

    def test_a_tag(self):
        self.parts['shop']['tags'].append({'name': 'Pets', 'description': 'Again.'})
        self.refused('shop.json: tags/Pets: is described twice; first in pets.json')

    def test_a_member_of_one_object(self):
        self.refused('shop.json: #: the member "paths" stands twice in one object',
                     'manifest.json: GET /shop: is described by no OpenAPI file',
                     raw={'shop': '{"paths": {}, "paths": {}}'})

    def test_descriptions(self):
        for node, place in ((self.update, 'pets.json: PUT /pets/{id}: has no description'),
                            (self.update['parameters'][0], 'pets.json: PUT /pets/{id}/parameters/id: has no description'),
                            (self.update['responses']['200'], 'pets.json: PUT /pets/{id}/responses/200: has no description'),
                            (self.pet, 'pets.json: components/schemas/Pet: has no description'),
                            (self.pet['properties']['name'], 'pets.json: components/schemas/Pet/properties/name: has no description'),
                            (self.parts['shop']['tags'][0], 'shop.json: tags/Shop: has no description')):
            with self.subTest(place):
                kept = node.pop('description')
                self.refused(place)
                node['description'] = kept

    def test_nested_properties_are_described_too(self):
        self.pet['properties']['owners'] = {'type': 'array', 'description': 'Whose.', 'items': {
            'type': 'object', 'properties': {'name': {'type': 'string'}}}}
        self.refused('pets.json: components/schemas/Pet/properties/owners/items/properties/name: has no description')

    def test_examples(self):
        body = self.update['requestBody']['content']['application/json']
        kept = body.pop('example')
        self.refused('pets.json: PUT /pets/{id}/requestBody/content/application/json: has no example')
        body['example'] = kept
        del self.update['responses']['200']['content']['application/json']['example']
        self.refused('pets.json: PUT /pets/{id}/responses/200/content/application/json: has no example')

    def test_names(self):
        self.update['operationId'] = 'update_pet'
        self.parts['pets']['components']['schemas']['pet'] = self.parts['pets']['components']['schemas'].pop('Pet')
        self.parts['pets'] = json.loads(json.dumps(self.parts['pets']).replace('schemas/Pet', 'schemas/pet'))
        self.refused('pets.json: PUT /pets/{id}/operationId: must be a lowerCamelCase name',
                     'pets.json: components/schemas/pet: must be a PascalCase name')

    def test_references(self):
        self.update['responses']['404'] = {'$ref': '#/components/responses/Gone'}
        self.refused('pets.json: PUT /pets/{id}/responses/404: the reference #/components/responses/Gone leads nowhere')

    def test_security_schemes(self):
        self.update['security'] = [{'cookieAuth': []}]
        self.refused('pets.json: PUT /pets/{id}/security: there is no security scheme cookieAuth')

    def test_components_nobody_uses(self):
        self.parts['pets']['components']['schemas']['Cat'] = self.pet
        self.refused('pets.json: components/schemas/Cat: is used nowhere')

    def test_path_parameters(self):
        self.update['parameters'] = []
        self.refused('pets.json: PUT /pets/{id}/parameters/id: stands in only one of path and parameters')

    def test_public_routes_say_so(self):
        del self.shop['security']
        self.refused('shop.json: GET /shop/security: must be [] where x-roles allows anonymous callers, and nowhere else',
                     'shop.json: GET /shop/security: must be [] exactly for open routes; manifest.json says open')

    def test_closed_routes_are_not_public(self):
        self.update['security'] = []
        self.update['responses']['401'] = {'description': 'Nobody.'}
        self.refused('pets.json: PUT /pets/{id}/security: must be [] where x-roles allows anonymous callers, and nowhere else',
                     'pets.json: PUT /pets/{id}/security: must be [] exactly for open routes; manifest.json says user')

    def test_roles(self):
        self.update['x-roles'] = {**OWN, 'rep_other': 403, 'admin': 'perhaps'}
        self.refused('pets.json: PUT /pets/{id}/x-roles/rep_other: the status 403 is not among the responses',
                     'pets.json: PUT /pets/{id}/x-roles/admin: perhaps is neither a known word nor a status')

    def test_roles_of_admin_routes(self):
        self.parts['manifest']['routes'][0]['access'] = 'admin'
        self.refused('pets.json: PUT /pets/{id}/x-roles: rep_own must be 403 exactly for admin routes; manifest.json says admin')

    def test_routes_and_operations_are_the_same(self):
        self.parts['manifest']['routes'] = [{'method': 'POST', 'path': '/pets/{id}', 'access': 'user'},
                                            MANIFEST['routes'][1]]
        self.refused('manifest.json: POST /pets/{id}: is described by no OpenAPI file',
                     'pets.json: PUT /pets/{id}: manifest.json has no such route')

    def test_the_version_comes_from_the_build(self):
        self.parts['info']['info']['version'] = '9'
        del self.parts['info']['info']['contact']
        self.refused('info.json: info/contact: is missing', 'info.json: info/version: comes from the build')


if __name__ == '__main__':
    unittest.main()
