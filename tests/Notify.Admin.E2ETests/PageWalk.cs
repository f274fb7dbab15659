using Microsoft.Playwright;

namespace Notify.Admin.E2ETests;

/// <summary>What must hold of a page that is open, at each width and in both themes.</summary>
internal static class PageWalk
{
    private static readonly int[] Widths = [1024, 768, 390];

    // Wider than the screen, or a table that its box cuts off or scrolls. A map (data-map) has two dimensions, so on a narrow screen it
    // scrolls in a box of its own, which the keyboard reaches, beneath heads that stay.
    private const string FindCutOff = """
        () => {
            const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
            const found = over > 0 ? [`the page by ${over} px`] : [];
            for (const table of document.querySelectorAll('table')) {
                for (let box = table.parentElement; box && box !== document.body; box = box.parentElement) {
                    const cut = box.scrollWidth - box.clientWidth;
                    if (cut > 1 && !(box.dataset.map !== undefined && box.tabIndex === 0) && getComputedStyle(box).overflowX !== 'visible' && box.clientWidth > 0) {
                        found.push(`a table by ${cut} px in ${box.className}`);
                        break;
                    }
                }
            }
            // On a phone a cell is a line of two: its column's name, and one thing beside it. Several would squeeze each other out of sight.
            for (const cell of matchMedia('(max-width: 640px)').matches ? document.querySelectorAll('.table-fold tbody td') : []) {
                const parts = [...cell.childNodes].filter(node => node.nodeType === Node.TEXT_NODE ? node.data.trim()
                    : node.nodeType === Node.ELEMENT_NODE && node.tagName !== 'DIALOG');
                const things = parts.filter((part, at) => part.nodeType === Node.ELEMENT_NODE || parts[at - 1]?.nodeType !== Node.TEXT_NODE);
                if (things.length > 1) found.push(`a cell of a folded table holds ${things.length} things: ${cell.textContent.trim().slice(0, 80)}`);
            }
            return found;
        }
        """;

    // What a reader of the page sees or hears. Addresses, ids, file names and names of time zones are the same in every language.
    private const string FindWords = """
        phrases => {
            const escaped = phrase => phrase.replace(/[.*+?^${}()|]/g, '\\$&');
            const known = phrases.toSorted((a, b) => b.length - a.length)
                .map(phrase => new RegExp(`(?<![A-Za-z])${escaped(phrase)}(?![A-Za-z])`, 'g'));
            const found = [];
            const look = (text, where) => {
                const foreign = known.reduce((rest, phrase) => rest.replace(phrase, ' '), text)
                    .replace(/…[\w-]+/g, ' ').replace(/[\w./:@?=&-]*(?:\w[./:@_]\w|\d)[\w./:@?=&-]*/g, ' ');
                for (const [word] of foreign.matchAll(/[A-Za-z][A-Za-z'’-]*[A-Za-z]/g)) {
                    found.push(`“${word}” in “${text.trim().slice(0, 80)}” of ${where}`);
                }
            };
            const skipped = 'code, pre, kbd, script, style, textarea, [lang=en], .mono, .code';
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (node.nodeType === Node.TEXT_NODE) {
                    const parent = node.parentElement;
                    if (!parent.closest(skipped)) look(node.data, parent.className || parent.tagName);
                } else if (!node.closest(skipped)) {
                    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label']) {
                        if (node.hasAttribute(name)) look(node.getAttribute(name), `${name} of ${node.className || node.tagName}`);
                    }
                }
            }
            look(document.title, 'title');
            return [...new Set(found)];
        }
        """;

    /// <summary>axe's findings in the light and in the dark, and what is cut off on smaller screens.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(IPage page)
    {
        List<string> problems = [.. await ThemedProblemsAsync(page)];
        foreach (var width in Widths)
        {
            problems.AddRange(await CutOffAsync(page, width));
        }

        await page.SetViewportSizeAsync(1280, 860);
        return problems;
    }

    /// <summary>axe's findings in the light and in the dark.</summary>
    public static async Task<IReadOnlyList<string>> ThemedProblemsAsync(IPage page)
    {
        List<string> problems = [.. (await Accessibility.ProblemsAsync(page)).Select(problem => $"light: {problem}")];
        await ShowAsync(page, "dark");
        problems.AddRange((await Accessibility.ContrastProblemsAsync(page)).Select(problem => $"dark: {problem}"));
        await ShowAsync(page, "light");
        return problems;
    }

    /// <summary>On a phone: axe's findings, and what is cut off.</summary>
    public static async Task<IReadOnlyList<string>> PhoneProblemsAsync(IPage page)
    {
        List<string> problems = [.. await CutOffAsync(page, 390)];
        problems.AddRange((await Accessibility.ProblemsAsync(page)).Select(problem => $"phone: {problem}"));
        await page.SetViewportSizeAsync(1280, 860);
        return problems;
    }

    /// <summary>Latin words that are in none of the phrases that may stand there.</summary>
    public static Task<string[]> EnglishAsync(IPage page, IEnumerable<string> phrases) =>
        page.EvaluateAsync<string[]>(FindWords, phrases.ToArray());

    // As the page's own script does it, without loading it again.
    private static async Task ShowAsync(IPage page, string theme) =>
        await page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);

    private static async Task<IEnumerable<string>> CutOffAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 860);
        return (await page.EvaluateAsync<string[]>(FindCutOff)).Select(problem => $"{width} px: {problem}");
    }
}
