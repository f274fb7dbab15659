using Notify.Admin.Channels;

namespace Notify.Admin.VendorAccounts;

/// <summary>What publishing would do to one of many channels.</summary>
/// <param name="IsLinked">False where publishing links it first.</param>
public sealed record BulkPublishRow(ChannelKey Channel, string Name, bool IsLinked)
{
    /// <summary>Null where the channel was deleted here, and what was published of it would be deleted there.</summary>
    internal PublishPlan? Plan { get; init; }

    /// <summary>Tells one plan from another.</summary>
    public string Basis => Plan?.Basis ?? "";

    public bool Removes => Plan is null;

    /// <summary>Nothing is left to do.</summary>
    public bool IsSettled => IsLinked && Plan is { Steps.Count: 0 };

    internal bool Does(PublishStep step) => Plan is { } plan && plan.Steps.Contains(step);
}

/// <summary>What came of orders for many.</summary>
/// <param name="LeftOut">Names of those that another plan holds for by now, or another order is about.</param>
/// <param name="Answer">Why nothing is begun where the vendor could not be read; else accepted.</param>
internal sealed record BulkPublishStart(IReadOnlyList<PublishRun> Runs, IReadOnlyList<string> LeftOut, VendorAnswer Answer);
