import { describe, expect, it } from 'vitest';
import { nameOperations, titleOf, toIdentifier, type NameSource } from './operation-names.ts';

const source = (method: string, path: string, operationId?: string): NameSource => ({
  key: `${method} ${path}`,
  method,
  path,
  operationId,
});

describe('nameOperations', () => {
  it('takes the operationId in our form, else method and path', () => {
    const names = nameOperations([
      source('GET', '/repos/{owner}/{repo}', 'repos/get-branch'),
      source('GET', '/pets/{petId}/photos'),
      source('POST', '/pets', 'Pets.AddPet'),
      source('DELETE', '/'),
      source('GET', '/cafés', '大きさ'),
    ]);
    expect([...names.values()]).toEqual(['delete', 'getCafes', 'getPetsByPetIdPhotos', 'reposGetBranch', 'petsAddPet']);
  });

  it('numbers clashes by key, whatever the order, and keeps to 80 characters', () => {
    const long = 'a'.repeat(100);
    const sources = [
      source('GET', '/b', long),
      source('GET', '/a', long),
      source('GET', '/c', 'x'),
      source('PUT', '/c', 'x'),
    ];
    const names = nameOperations(sources);
    expect(names).toEqual(nameOperations(sources.toReversed()));
    expect([names.get('GET /a'), names.get('GET /b')]).toEqual(['a'.repeat(80), `${'a'.repeat(78)}_2`]);
    expect([names.get('GET /c'), names.get('PUT /c')]).toEqual(['x', 'x_2']);
  });

  it('makes identifiers and titles', () => {
    expect(['ListPets', 'URLOf', '2fa-codes', '_x', '***'].map(toIdentifier)).toEqual([
      'listPets',
      'urlOf',
      'faCodes',
      'x',
      undefined,
    ]);
    expect([titleOf('Add a pet.\nMore', 'x'), titleOf(' ', 'addPet_2'), titleOf(undefined, 'urlOf')]).toEqual([
      'Add a pet',
      'Add pet 2',
      'Url of',
    ]);
  });
});
