import { describe, expect, it } from '@jest/globals';
import { operationsOf } from '../../apps/server/src/page/operations.js';
import { publishedDocument } from '../support/published-document.js';

describe('the published catalogue', () => {
  it('names its operations after what they do, none like another, with the fields of each', async () => {
    const document = await publishedDocument();
    const operations = operationsOf(document);

    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['putCatalogAssets', 'removeCatalogLicenses', 'importCatalogUsers']),
    );
    const put = operations.find(({ name }) => name === 'PUT /catalog/licenses/{licenseId}');
    expect(JSON.stringify(put)).toContain('#/components/schemas/PutLicenseDto');
    expect(document.components?.schemas?.['PutUserDto']).not.toHaveProperty('required');
  });
});
