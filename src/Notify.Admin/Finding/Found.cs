using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.Finding;

/// <summary>What is found, in the order in which it is listed.</summary>
public enum FoundKind
{
    Event,
    Delivery,
    Test,
    Page,
    Action,
    Channel,
    RuleSet,
    Inhibition,
    Source,
    Function,
    Person,
}

/// <summary>One thing to choose.</summary>
/// <param name="Detail">What tells it from others of its name; null where nothing has to.</param>
/// <param name="Href">Where it is, without a leading slash; null for what is done on the spot.</param>
public sealed record Found(FoundKind Kind, string Title, string? Detail, IconName Icon, string? Href)
{
    /// <summary>The channel that choosing it tests.</summary>
    public ChannelKey? Tests { get; init; }

    /// <summary>What is typed on when it is chosen: there is more to say.</summary>
    public string? Types { get; init; }
}
