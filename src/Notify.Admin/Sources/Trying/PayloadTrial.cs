using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>What a payload would become, and where that would go. Nothing is stored.</summary>
/// <param name="Dropped">How many elements a condition left out.</param>
public sealed record PayloadTrial(IReadOnlyList<TriedEvent> Events, IReadOnlyList<MappingProblem> Problems, int Dropped)
{
    /// <summary>Every channel that would get one of the events.</summary>
    public IReadOnlyList<ChannelName> Channels => [.. Events.SelectMany(one => one.Channels).DistinctBy(channel => channel.Key)];
}

/// <param name="Mapped">Null for a CloudEvent, which no mapping made.</param>
public sealed record TriedEvent(string? Title, string Type, MappedEvent? Mapped, IReadOnlyList<ChannelName> Channels);
