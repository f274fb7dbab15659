using Microsoft.Playwright;
using Notify.Admin.Testing;

namespace Notify.Admin.E2ETests;

/// <summary>axe-core's verdict on the page as it stands.</summary>
internal static class Accessibility
{
    private const string Run = """
        async only => {
            const found = await axe.run(document, {
                resultTypes: ['violations'],
                ...(only ? { runOnly: [only] } : { rules: { 'target-size': { enabled: true } } }),
            });
            return found.violations
                .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${(node.failureSummary || '').replace(/\s+/g, ' ').slice(0, 200)}`));
        }
        """;

    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Find()));

    /// <summary>Every finding, targets below 24 px too, each with its rule and element.</summary>
    public static Task<string[]> ProblemsAsync(IPage page) => RunAsync(page, only: null);

    /// <summary>What another theme may change.</summary>
    public static Task<string[]> ContrastProblemsAsync(IPage page) => RunAsync(page, "color-contrast");

    private static async Task<string[]> RunAsync(IPage page, string? only)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            // Evaluated by the debugger, so the page's content policy stays as it is.
            await page.EvaluateAsync($"() => {{ {Script.Value} }}");
        }

        return await page.EvaluateAsync<string[]>(Run, only);
    }

    private static string Find()
    {
        var path = Repository.At("tests", "npm", "node_modules", "axe-core", "axe.min.js");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: run tests/run, or npm ci in tests/npm.");
    }
}
