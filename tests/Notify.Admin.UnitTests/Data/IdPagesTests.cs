using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Data;

/// <summary>Pages of ids where every row must be looked at: the way back to newer ones.</summary>
public sealed class IdPagesTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);

    private readonly IdPages _pages = new(new HandClock());

    [Fact]
    public async Task Scan_After_GoesBackToNewerPages()
    {
        long[] matches = [.. Enumerable.Range(1, 10).Select(i => i * 700L)];

        var middle = await ScanAsync(matches, 700, Enough);
        var newest = await ScanAsync(matches, 4900, Enough);

        middle.ShouldSatisfyAllConditions(
            page => page.Ids.ShouldBe([2800, 2100, 1400]), page => page.Older.ShouldBe(1400), page => page.HasNewer.ShouldBeTrue(),
            page => page.SearchedTo.ShouldBeNull());
        newest.ShouldSatisfyAllConditions(
            page => page.Ids.ShouldBe([7000, 6300, 5600]), page => page.Older.ShouldBe(5600), page => page.HasNewer.ShouldBeFalse());
    }

    [Fact]
    public async Task Scan_After_OutOfTime_ShowsWhatItFound()
    {
        var page = await ScanAsync([100, 900, 40_000], 100, TimeSpan.Zero);

        page.Ids.ShouldBe([900]);
        page.Older.ShouldBe(900);
        page.HasNewer.ShouldBeTrue();
    }

    [Fact]
    public async Task Scan_After_OutOfTimeWithNothingFound_BeginsAtTheNewest()
    {
        var page = await ScanAsync([100, 40_000], 100, TimeSpan.Zero);

        page.Ids.ShouldBe([40_000]);
        page.HasNewer.ShouldBeFalse();
    }

    private Task<IdPage> ScanAsync(IReadOnlyList<long> matches, long after, TimeSpan budget) =>
        _pages.ScanAsync(new IdRange(1, matches[^1] + 1), new PageCursor(null, after), 3, budget, (range, newestFirst, most) =>
        {
            var found = matches.Where(id => id >= range.From && id < range.Below);
            return Task.FromResult<IReadOnlyList<long>>([.. (newestFirst ? found.Reverse() : found).Take(most)]);
        });
}
