using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Bell;

/// <summary>The bell of one page: live, and seen once it is opened.</summary>
public sealed partial class BellMenu
{
    private const int MostShown = 8;
    private const int MostCounted = 99;

    private readonly (CultureInfo Formats, CultureInfo Language) _cultures = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private IReadOnlyList<Notice> _notices = [];
    private SeenNotices _seen = SeenNotices.None;

    // While the list is open it marks what was new when it was opened.
    private SeenNotices _shownAsNew = SeenNotices.None;
    private IDisposable? _watching;
    private bool _isKnown;
    private bool _failed;

    [Inject]
    private BellService Bell { get; set; } = null!;

    [Inject]
    private ILogger<BellMenu> Logger { get; set; } = null!;

    [Inject]
    private IStringLocalizer<BellText> T { get; set; } = null!;

    // The reader follows the areas, for all pages.
    protected override IReadOnlyList<string> Areas => [];

    private int NewCount => _isKnown ? _notices.Count(_seen.IsNew) : 0;

    private string Label => NewCount > 0 ? $"{T["Title"]}: {T["New.Count", NewCount]}" : T["Title"];

    // The frame is drawn before there is a circuit; what it says comes with that.
    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? base.OnInitializedAsync() : Task.CompletedTask;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _watching ??= Bell.Watch(Actor, notices => Show(() => Take(notices)), seen => Show(() => _seen = seen));
        try
        {
            (_notices, _seen) = await Bell.GetAsync(Actor, cancellationToken);
            (_shownAsNew, _isKnown, _failed) = (_seen, true, false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The bell hangs above every page: none of them ends because it cannot be read.
            Logger.LogError(e, "What needs attention could not be read for {Person}", Actor.UserId);
            _failed = true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _watching?.Dispose();
        base.Dispose(disposing);
    }

    private static string ToneOf(Notice notice) => (notice.IsUrgent ? Tone.Danger : Tone.Warning).ToCss();

    private void Take(IReadOnlyList<Notice> notices) => (_notices, _failed) = (notices, false);

    // Called on the thread of whoever found out, who has another language, and must not wait for a page or fail with it.
    private void Show(Action change) => _ = InvokeAsync(async () =>
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _cultures;
        try
        {
            change();
            StateHasChanged();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    });

    // A press closes the list as well as it opens it, and both times it has been seen.
    private async Task SeeAsync()
    {
        if (!_isKnown)
        {
            await LoadAsync();
        }

        _shownAsNew = _seen;
        if (NewCount == 0)
        {
            return;
        }

        try
        {
            _seen = await Bell.SeeAsync(_notices, Actor, Stop);
        }
        catch (Exception e) when (!Stop.IsCancellationRequested)
        {
            Logger.LogError(e, "What {Person} has seen of what needs attention could not be kept", Actor.UserId);
        }
    }
}
