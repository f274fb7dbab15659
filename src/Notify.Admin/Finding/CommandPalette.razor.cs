using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Finding;

/// <summary>Looks for what is typed, and sends the tests that are chosen.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);

    private readonly LatestLoad _load = new();
    private IReadOnlyList<FoundGroup> _groups = [];
    private string _for = "";
    private string? _testing;
    private bool _isBroken;
    private Tested? _verdict;

    [Inject]
    private FindService Finding { get; set; } = null!;

    [Inject]
    private IDeliveryDesk Desk { get; set; } = null!;

    [Inject]
    private ILogger<CommandPalette> Logger { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<FindingText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose() => _load.Dispose();

    // Each time: a role may have changed since the page was opened.
    private async Task<Actor> ActorAsync() => Actor.From((await Authentication).User);

    private async Task TypedAsync(ChangeEventArgs change)
    {
        var typed = change.Value as string ?? "";
        await OrSayAsync(() => _load.RunAsync(async stop =>
        {
            if (typed.Length > 0)
            {
                await Task.Delay(Pause, Time, stop);
            }
            else
            {
                _verdict = null;
            }

            (_groups, _for) = (await Finding.FindAsync(typed, await ActorAsync(), stop), typed);
            _isBroken = false;
        }));
    }

    private async Task RunAsync(Found item)
    {
        if (item.Tests is not { } channel || _testing is not null)
        {
            return;
        }

        (_testing, _verdict) = (item.Title, null);
        await OrSayAsync(async () =>
            _verdict = new Tested(await Desk.SendTestAsync(channel, TestChoice.Newest, await ActorAsync(), _load.Stop)));
        _testing = null;
    }

    // The palette stands outside the page: a failure here must not end the page.
    private async Task OrSayAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_load.Stop.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception e)
        {
            Logger.LogError(e, "What was typed could not be looked for, or a test not be sent");
            _isBroken = true;
        }
    }

    /// <param name="Verdict">Null: the channel has been deleted.</param>
    private sealed record Tested(TestVerdict? Verdict);
}
