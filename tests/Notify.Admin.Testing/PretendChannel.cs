using Notify.Admin.Channels;

namespace Notify.Admin.Testing;

/// <summary>A kind of channel without a vendor: has the channels it is told to have, and accepts everything.</summary>
public sealed class PretendChannel(ChannelKind kind) : IChannel
{
    public ChannelKind Kind => kind;

    public List<ChannelName> Channels { get; } = [];

    /// <summary>Happens before a message is accepted.</summary>
    public Func<Task> Sending { get; set; } = () => Task.CompletedTask;

    public Destination Unsaved =>
        new PretendDestination { Key = new ChannelKey(kind, 0), Name = "", Fingerprint = "", Pacing = default };

    public Task<Destination?> FindAsync(int id, CancellationToken cancellationToken) => Task.FromResult<Destination?>(
        Channels.Find(channel => channel.Key.Id == id) is { } found
            ? new PretendDestination { Key = found.Key, Name = found.Name, IsOn = found.IsOn, Fingerprint = $"{kind}-{id}",
                Pacing = default, Policy = found.Policy }
            : null);

    public Task<IReadOnlyList<ChannelName>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelName>>(Channels);

    public IReadOnlyList<ComposedMessage> Compose(Destination destination, ChannelMessage message) =>
        [new ComposedMessage("{}", message.ShortId, [.. message.Items.Select(item => item.DeliveryId)])];

    public EventRecord Example(Destination destination, DateTimeOffset now) =>
        new(0, "example", "example", "tests.example", now, Severity.Informative, new EventFields());

    public async Task<SendResult> SendAsync(Destination destination, ComposedMessage message, CancellationToken cancellationToken)
    {
        await Sending();
        return new SendResult { Code = "ok" };
    }

    public CodeExplanation ExplainCode(string code, string? detail) => new($"{code} means", $"{code} mend");

    /// <summary>A code that begins with <c>gone</c> needs somebody, one that begins with <c>bad</c> is the message's.</summary>
    public FailureKind FailureOf(string code) => code.StartsWith("gone", StringComparison.Ordinal) ? FailureKind.ChannelPermanent
        : code.StartsWith("bad", StringComparison.Ordinal) ? FailureKind.MessagePermanent : FailureKind.Transient;

    public string DescribeMatch(string reason) => $"because of {reason}";

    private sealed record PretendDestination : Destination;
}
