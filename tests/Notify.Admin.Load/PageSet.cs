using System.Globalization;

namespace Notify.Admin.Load;

/// <summary>Pages that are open at once, of several people and kinds in turn.</summary>
internal sealed class PageSet : IAsyncDisposable
{
    private const int AtOnce = 4;

    private PageSet(IReadOnlyList<OpenPage> all) => All = all;

    public IReadOnlyList<OpenPage> All { get; }

    public static async Task<PageSet> OpenAsync(Uri product, IReadOnlyList<string> cookies, IReadOnlyList<PageKind> kinds, int count)
    {
        var all = new OpenPage[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            all[i] = await OpenPage.OpenAsync(product, cookies[i % cookies.Count], kinds[i % kinds.Count].PathOf(i)));
        return new PageSet(all);
    }

    /// <summary>What comes to the pages, and what it costs the product, while something happens.</summary>
    public static async Task<PagesResult> MeasureAsync(
        ProductUnderLoad product, IReadOnlyList<OpenPage> pages, Func<Task<StreamResult?>> happens)
    {
        var (processor, began) = (product.ProcessorTime(), TimeProvider.System.GetTimestamp());
        var before = pages.Select(page => (page.Renders, page.RenderBytes, page.WireBytes)).ToList();
        var stream = await happens();
        var took = TimeProvider.System.GetElapsedTime(began);
        foreach (var page in pages)
        {
            page.ThrowIfFailed();
        }

        return new PagesResult((product.ProcessorTime() - processor) / took, product.Memory().Now, stream,
            [.. pages.Zip(before, (page, start) => new PageFlow((page.Renders - start.Renders) / took.TotalSeconds,
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

/// <summary>A page that people have open.</summary>
/// <param name="PathOf">Of the first, the second and so on: not everybody looks at the same channel.</param>
internal sealed record PageKind(string Name, Func<int, string> PathOf);

/// <summary>What came to one page a second.</summary>
/// <param name="Wire">Bytes, compressed as they came.</param>
/// <param name="Rendered">Bytes of renders, before compression.</param>
internal sealed record PageFlow(double Renders, double Wire, double Rendered);

/// <summary>What came to all of them.</summary>
/// <param name="Processors">How many the product used.</param>
/// <param name="Memory">Resident, in MiB.</param>
/// <param name="Stream">The events that came in meanwhile; null for none.</param>
internal sealed record PagesResult(double Processors, long Memory, StreamResult? Stream, IReadOnlyList<PageFlow> Flows)
{
    public override string ToString() => $"{Processors,5:N2} processors   {Memory,5} MiB   "
        + (Stream is null ? "" : $"{Stream.PerSecond,5:N0} events/s, acknowledged after {Stream.Times.Quantile(0.5):N0} ms (median), {Stream.Times.Quantile(0.99):N0} ms (99th)");

    /// <summary>A line for each kind of page, opened in turn.</summary>
    public void Print(IReadOnlyList<PageKind> kinds)
    {
        for (var kind = 0; kind < kinds.Count; kind++)
        {
            if (Flows.Where((_, i) => i % kinds.Count == kind).ToList() is { Count: > 0 } flows)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"      {kinds[kind].Name,-22} {flows.Count,3} open: {Mean(flow => flow.Renders),5:N2} renders a second each ({flows.Max(flow => flow.Renders),5:N2} at most), {Mean(flow => flow.Wire) / 1000,6:N1} kB ({flows.Max(flow => flow.Wire) / 1000,6:N1} at most), {Mean(flow => flow.Rendered) / 1000,6:N1} kB before compression"));

                double Mean(Func<PageFlow, double> of) => flows.Average(of);
            }
        }
    }
}
