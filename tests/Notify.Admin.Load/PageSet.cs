using System.Globalization;

namespace Notify.Admin.Load;

/// <summary>Pages that are open at once, of several people and kinds in turn.</summary>
internal sealed class PageSet : IAsyncDisposable
{
    private const int AtOnce = 4;

    private PageSet(IReadOnlyList<OpenPage> all) => All = all;

    public IReadOnlyList<OpenPage> All { get; }

    public static async Task<PageSet> OpenAsync(Uri product, IReadOnlyList<string> cookies, IReadOnlyList<string> paths, int count)
    {
        var all = new OpenPage[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            all[i] = await OpenPage.OpenAsync(product, cookies[i % cookies.Count], paths[i % paths.Count]));
        return new PageSet(all);
    }

    /// <summary>What comes to the pages, and what it costs the product, while something happens.</summary>
    public static async Task<PagesResult> MeasureAsync(ProductUnderLoad product, IReadOnlyList<OpenPage> pages, Func<Task> happens)
    {
        var (processor, began) = (product.ProcessorTime(), TimeProvider.System.GetTimestamp());
        var before = pages.Select(page => (page.Renders, page.RenderBytes, page.WireBytes)).ToList();
        await happens();
        var took = TimeProvider.System.GetElapsedTime(began);
        foreach (var page in pages)
        {
            page.ThrowIfFailed();
        }

        return new PagesResult((product.ProcessorTime() - processor) / took, product.Memory().Now,
            [.. pages.Zip(before, (page, start) => new PageFlow(page.Path, (page.Renders - start.Renders) / took.TotalSeconds,
                (page.WireBytes - start.WireBytes) / took.TotalSeconds, (page.RenderBytes - start.RenderBytes) / took.TotalSeconds))]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in All)
        {
            await page.DisposeAsync();
        }
    }
}

/// <summary>What came to one page a second.</summary>
/// <param name="Wire">Bytes, compressed as they came.</param>
/// <param name="Rendered">Bytes of renders, before compression.</param>
internal sealed record PageFlow(string Path, double Renders, double Wire, double Rendered);

/// <summary>What came to all of them.</summary>
/// <param name="Processors">How many the product used.</param>
/// <param name="Memory">Resident, in MiB.</param>
internal sealed record PagesResult(double Processors, long Memory, IReadOnlyList<PageFlow> Flows)
{
    public override string ToString() => $"{Processors,5:N2} processors   {Memory,5} MiB";

    /// <summary>A line for each kind of page.</summary>
    public void Print(IEnumerable<(string Name, string Path)> kinds)
    {
        foreach (var (name, path) in kinds)
        {
            if (Flows.Where(flow => flow.Path == path).ToList() is { Count: > 0 } flows)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"      {name,-22} {flows.Count,3} open: {Mean(flow => flow.Renders),5:N2} renders a second each ({flows.Max(flow => flow.Renders),5:N2} at most), {Mean(flow => flow.Wire) / 1000,6:N1} kB ({flows.Max(flow => flow.Wire) / 1000,6:N1} at most), {Mean(flow => flow.Rendered) / 1000,6:N1} kB before compression"));

                double Mean(Func<PageFlow, double> of) => flows.Average(of);
            }
        }
    }
}
