using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.ChannelPages;

/// <summary>What silences one channel; live, and gone when it ends.</summary>
public sealed partial class SnoozeNote
{
    // The longest that a timer can be set for is a little less than fifty days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private Silence? _silence;
    private Task _waiting = Task.CompletedTask;
    private bool _isOpen;

    [Inject]
    private PauseService Pauses { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChannelPagesText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public ChannelKey Channel { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Pauses];

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _silence = await Pauses.FindAsync(Channel, Actor, cancellationToken);
        if (_silence is not null && _waiting.IsCompleted)
        {
            _waiting = AwaitEndAsync();
        }
    }

    private async Task AwaitEndAsync()
    {
        try
        {
            while (_silence is { } silence)
            {
                var left = silence.Until - Time.GetUtcNow();
                await Task.Delay(left > LongestWait ? LongestWait : left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1), Time, Stop);
                _silence = await Pauses.FindAsync(Channel, Actor, Stop);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task EndAsync()
    {
        await Pauses.EndAsync(Channel, Actor, Stop);
        await LoadAsync();
    }
}
