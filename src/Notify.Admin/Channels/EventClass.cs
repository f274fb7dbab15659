namespace Notify.Admin.Channels;

/// <summary>Events that are alike: of one type and severity, and where it is asked for, of one sub-type and one asset group. What a map of
/// coverage asks about.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
public sealed record EventClass(string Type, Severity Severity)
{
    /// <summary>For <see cref="SubType"/>: events that name none of those that are known.</summary>
    public const string OtherSubType = "";

    /// <summary>The value of what sorts alerts of the type (vulnerability type, alert category); null is every event of the type.</summary>
    public string? SubType { get; init; }

    /// <summary>Null is every group, and events without one.</summary>
    public string? GroupId { get; init; }
}

/// <summary>A channel that hears events of a class.</summary>
/// <param name="IsWhole">It hears every one of them; otherwise something narrows it: a group, a sub-type, a trigger.</param>
public readonly record struct ChannelCover(ChannelKey Channel, bool IsWhole);
