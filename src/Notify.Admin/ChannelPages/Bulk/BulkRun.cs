using Notify.Admin.Channels;

namespace Notify.Admin.ChannelPages;

/// <summary>What is done to many channels at once.</summary>
public enum BulkAction
{
    SwitchOn,
    SwitchOff,
    Test,
    AddTag,
    RemoveTag,
    SetDelivery,
    Delete,
}

/// <summary>What came of one channel's part in a change of many.</summary>
/// <param name="Text">In the current UI culture.</param>
/// <param name="Changed">False where it already was as it should be.</param>
public sealed record BulkVerdict(bool Succeeded, string Text, bool Changed = true)
{
    /// <summary>Puts back the delivery settings that the channel had; null with other actions.</summary>
    public DeliveryChange? Before { get; init; }

    /// <summary>The rest is not tried.</summary>
    public bool EndsRun { get; init; }
}

/// <summary>One channel of a <see cref="BulkRun"/>.</summary>
public sealed record BulkLine(ChannelName Channel, BulkVerdict Verdict);

/// <summary>A change of many channels while it is made, one after the other.</summary>
/// <param name="channels">In the order in which they are changed.</param>
public sealed class BulkRun(BulkAction action, IReadOnlyList<ChannelName> channels)
{
    private readonly List<BulkLine> _lines = [];

    public BulkAction Action => action;

    public IReadOnlyList<ChannelName> Channels => channels;

    /// <summary>Which is given or taken away; null with other actions.</summary>
    public string? Tag { get; init; }

    /// <summary>The delivery settings that each gets; null with other actions.</summary>
    public Func<ChannelKey, DeliveryChange>? DeliveryOf { get; init; }

    /// <summary>Those that are done.</summary>
    public IReadOnlyList<BulkLine> Lines => _lines;

    public int Succeeded => _lines.Count(line => line.Verdict.Succeeded);

    /// <summary>Nothing more is done: all are, or the person has stopped it.</summary>
    public bool IsOver { get; private set; }

    public bool CanBeUndone => Opposite is not null && Changed.Any();

    private BulkAction? Opposite => action switch
    {
        BulkAction.SwitchOn => BulkAction.SwitchOff,
        BulkAction.SwitchOff => BulkAction.SwitchOn,
        BulkAction.AddTag => BulkAction.RemoveTag,
        BulkAction.RemoveTag => BulkAction.AddTag,
        BulkAction.SetDelivery => BulkAction.SetDelivery,
        BulkAction.Test or BulkAction.Delete => null,
    };

    private IEnumerable<ChannelName> Changed =>
        _lines.Where(line => line.Verdict is { Succeeded: true, Changed: true }).Select(line => line.Channel);

    /// <summary>Puts back what this has changed, and nothing that was so before.</summary>
    public BulkRun ToUndo()
    {
        var before = _lines.ToDictionary(line => line.Channel.Key, line => line.Verdict.Before);
        return new BulkRun(
            Opposite ?? throw new InvalidOperationException($"{action} cannot be undone."),
            [.. Changed])
        {
            Tag = Tag,
            DeliveryOf = action == BulkAction.SetDelivery ? channel => before[channel]! : null,
        };
    }

    /// <summary>Changes each in turn. What is done stays done when it is stopped, or one of them fails.</summary>
    /// <param name="explain">Says what a failure is to whoever reads the lines.</param>
    public async Task RunAsync(
        Func<ChannelName, CancellationToken, Task<BulkVerdict>> change, Func<ChannelName, Exception, BulkVerdict> explain,
        Action onProgress, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var channel in channels)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var verdict = await TryAsync(channel, change, explain, cancellationToken);
                _lines.Add(new BulkLine(channel, verdict));
                onProgress();
                if (verdict.EndsRun)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody stopped the run: the lines say how far it came.
        }
        finally
        {
            IsOver = true;
        }
    }

    private static async Task<BulkVerdict> TryAsync(
        ChannelName channel, Func<ChannelName, CancellationToken, Task<BulkVerdict>> change,
        Func<ChannelName, Exception, BulkVerdict> explain, CancellationToken cancellationToken)
    {
        try
        {
            return await change(channel, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One that fails takes neither the others nor the account of them with it.
            return explain(channel, e);
        }
    }
}
