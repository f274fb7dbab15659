using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.LivePages;

/// <summary>How often a page is drawn that follows what happens.</summary>
public sealed class LivePageTests : ComponentTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HandClock _clock = new();
    private readonly ChangeFeed _feed;
    private readonly Store _store = new();

    public LivePageTests()
    {
        _feed = new ChangeFeed(null!, new WorkRegister(_clock), _clock, NullLogger<ChangeFeed>.Instance);
        this.AddAuthorization().SetAuthorized("viewer@example.test").SetRoles(Roles.Viewer);
        Services.AddSingleton<TimeProvider>(_clock);
        Services.AddSingleton(_feed);
        Services.AddSingleton(_store);
    }

    private PageFeed PageFeed => Services.GetRequiredService<PageFeed>();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task AThousandChangesInASecond_AreDrawnTwice_AndTheLastIsShown()
    {
        var page = Render<Numbers>();
        var drawn = page.RenderCount;

        for (var i = 1; i < 1000; i++)
        {
            Change(i % 2 == 0 ? ChangeAreas.Events : ChangeAreas.Deliveries);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Run(() => { }, Stop);
        }

        (page.RenderCount - drawn).ShouldBeLessThanOrEqualTo(2);
        await ShownAsync(page, "999");
        (page.RenderCount - drawn).ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task WhatIsAsItIsShown_IsNotDrawn()
    {
        var page = Render<Numbers>();
        var drawn = page.RenderCount;

        _feed.Announce(ChangeAreas.Events);
        await ReadsAsync(2);
        Change(ChangeAreas.Events);

        await ShownAsync(page, "1");
        page.RenderCount.ShouldBe(drawn + 1);
    }

    [Fact]
    public async Task AHiddenPage_ReadsNothing_UntilItIsSeen()
    {
        var page = Render<Numbers>();
        var tab = Render<PageVisibility>();
        JSInterop.VerifyInvoke("notify.followVisibility");

        tab.Instance.SetVisible(false);
        ChangeForAMinute();
        _store.Reads.ShouldBe(1, "it was read when it was opened");
        tab.Instance.SetVisible(true);

        await ShownAsync(page, "60");
        _store.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task APageWithoutConnection_ReadsNothing_UntilItIsBack()
    {
        var page = Render<Numbers>();
        PageFeed.SetVisible(false);
        await PageFeed.OnConnectionDownAsync(null!, Stop);

        ChangeForAMinute();
        _store.Reads.ShouldBe(1);
        await PageFeed.OnConnectionUpAsync(null!, Stop);

        await ShownAsync(page, "60");
        _store.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task TwentyPages_ShareTheirReads()
    {
        var pages = Enumerable.Range(0, 20).Select(_ => Render<Numbers>()).ToList();
        var reads = _store.Reads;

        Change(ChangeAreas.Events);

        foreach (var page in pages)
        {
            await ShownAsync(page, "1");
        }

        // Two, and one more for each time that the clock here was moved on before the last page had asked.
        (_store.Reads - reads).ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task WhileItIsOthersTurn_NothingIsDrawn_ButWhatSomebodyPresses()
    {
        var page = Render<Numbers>();
        var drawn = page.RenderCount;
        var turns = Services.GetRequiredService<LiveTurns>();
        var othersAreDone = new TaskCompletionSource();
        // A turn each for a look and no further one.
        var others = Enumerable.Range(0, Environment.ProcessorCount - 1).Select(_ => turns.TakeAsync(() => othersAreDone.Task)).ToList();
        _store.Reading = () => others.Add(turns.TakeAsync(() => othersAreDone.Task));

        Change(ChangeAreas.Events);
        await ReadsAsync(2);
        await Eventually.HoldsAsync(() => Task.FromResult(page.Instance.Number == 1), Patience);
        page.RenderCount.ShouldBe(drawn);
        await page.Find("button").ClickAsync();
        page.RenderCount.ShouldBe(drawn + 1);
        othersAreDone.SetResult();

        await Eventually.HoldsAsync(() => Task.FromResult(page.RenderCount == drawn + 2), Patience);
        await Task.WhenAll(others);
    }

    private void Change(string area)
    {
        _store.Value++;
        _feed.Announce(area);
    }

    private void ChangeForAMinute()
    {
        for (var i = 0; i < 60; i++)
        {
            Change(ChangeAreas.Events);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task ReadsAsync(int count) => Eventually.HoldsAsync(() => Task.FromResult(_store.Reads == count), Patience);

    private Task ShownAsync(IRenderedComponent<Numbers> page, string number) => Eventually.HoldsAsync(
        () =>
        {
            _clock.Advance(ChangeSubscription.LeastBetweenCalls);
            return Task.FromResult(page.Markup.Contains($"number {number}.", StringComparison.Ordinal));
        },
        Patience);

    public sealed class Store
    {
        private int _reads;

        public int Value { get; set; }

        public int Reads => _reads;

        public Action? Reading { get; set; }

        public Task<int> ReadAsync()
        {
            Interlocked.Increment(ref _reads);
            Reading?.Invoke();
            return Task.FromResult(Value);
        }
    }

    public sealed class Numbers : LivePage
    {
        public int Number { get; private set; }

        [Inject]
        public Store Stored { get; set; } = null!;

        protected override IReadOnlyList<string> Areas => [ChangeAreas.Events, ChangeAreas.Deliveries];

        protected override async Task ReadAsync(CancellationToken cancellationToken) => Number = await Stored.ReadAsync();

        protected override async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
        {
            var before = Number;
            Number = await Looks.JoinAsync(nameof(Numbers), Stored.ReadAsync, cancellationToken);
            return Number != before;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.AddContent(0, $"number {Number}.");
            builder.OpenElement(1, "button");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create(this, () => { }));
            builder.CloseElement();
        }
    }
}
