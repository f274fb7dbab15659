using System.Globalization;
using Notify.Admin.LivePages;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.LivePages;

/// <summary>What many pages want to know at once is read once, and nobody is told what was so before they asked.</summary>
public sealed class SharedLooksTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HandClock _clock = new();
    private readonly SharedLooks _looks;
    private int _stored;
    private int _reads;

    public SharedLooksTests() => _looks = new SharedLooks(new LiveTurns(_clock), _clock);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoHundredPages_ShareALook()
    {
        await JoinAsync("events");
        _stored = 7;
        var pages = Enumerable.Range(0, 200).Select(_ => JoinAsync("events")).ToList();
        pages.ShouldAllBe(page => !page.IsCompleted, "a look has only just been");

        (await EventuallyAsync(Task.WhenAll(pages))).ShouldAllBe(seen => seen == 7);
        _reads.ShouldBe(2);
    }

    [Fact]
    public async Task WhoAsksWhileALookIsUnderWay_GetsTheNext()
    {
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = _looks.JoinAsync("events", async () =>
        {
            var seen = _stored;
            began.SetResult();
            await goOn.Task;
            return seen;
        }, Stop);
        await began.Task.WaitAsync(Patience, Stop);

        _stored = 1;
        var second = JoinAsync("events");
        goOn.SetResult();

        (await first).ShouldBe(0);
        second.IsCompleted.ShouldBeFalse();
        (await EventuallyAsync(second)).ShouldBe(1);
    }

    [Fact]
    public async Task AnExpensiveLook_PausesForTenTimesWhatItTook()
    {
        await _looks.JoinAsync("overview", () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(0);
        }, Stop);
        // Its turn rests, too.
        await Eventually.HoldsAsync(() => Task.FromResult(_clock.Timers > 1), Patience);
        var next = JoinAsync("overview");

        _clock.Advance(TimeSpan.FromMilliseconds(1900));
        await Task.Run(() => { }, Stop);
        next.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(200));

        await next.WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Parts_ThatAreAskedForMeanwhile_AreReadTogether()
    {
        List<int> sizes = [];
        Task<ILookup<int, string>> Read(IReadOnlyList<int> parts)
        {
            sizes.Add(parts.Count);
            return Task.FromResult(parts.ToLookup(part => part, part => $"row {part}"));
        }

        await _looks.JoinAsync("rows", 0, Read, Stop);
        var asked = Enumerable.Range(1, 50).Select(part => _looks.JoinAsync("rows", part, Read, Stop)).ToList();

        var rows = await EventuallyAsync(Task.WhenAll(asked));

        for (var part = 1; part <= 50; part++)
        {
            rows[part - 1][part].ShouldBe([$"row {part}"]);
        }

        sizes.ShouldBe([1, 50]);
    }

    [Fact]
    public async Task AFailure_IsToldToAllWhoAsked_AndTheNextLookIsAnother()
    {
        var failing = _looks.JoinAsync("events", () => Task.FromException<int>(new InvalidOperationException("the store is away")), Stop);

        (await Should.ThrowAsync<InvalidOperationException>(failing)).Message.ShouldBe("the store is away");
        (await EventuallyAsync(JoinAsync("events"))).ShouldBe(0);
    }

    [Fact]
    public async Task WhoNoLongerWaits_EndsNobodysLook()
    {
        await JoinAsync("events");
        using var gone = new CancellationTokenSource();
        var left = _looks.JoinAsync("events", ReadAsync, gone.Token);
        var stays = JoinAsync("events");

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(left);
        (await EventuallyAsync(stays)).ShouldBe(0);
    }

    [Fact]
    public async Task AnotherLanguage_IsAnotherLook()
    {
        async Task<string> In(string language)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return await _looks.JoinAsync("overview", () => Task.FromResult(CultureInfo.CurrentUICulture.Name), Stop);
        }

        (await In("en")).ShouldBe("en");
        (await In("zh-CN")).ShouldBe("zh-CN");
    }

    private Task<int> JoinAsync(string what) => _looks.JoinAsync(what, ReadAsync, Stop);

    private Task<int> ReadAsync()
    {
        Interlocked.Increment(ref _reads);
        return Task.FromResult(_stored);
    }

    // However far the look before it has come.
    private async Task<T> EventuallyAsync<T>(Task<T> look)
    {
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(look.IsCompleted);
            },
            Patience);
        return await look;
    }
}
