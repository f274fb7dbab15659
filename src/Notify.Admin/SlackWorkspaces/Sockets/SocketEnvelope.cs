using System.Text.Json;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>One message that Slack sends by Socket Mode.</summary>
/// <param name="Type"><c>hello</c>, <c>disconnect</c>, <c>interactive</c>, or what an app may subscribe to besides.</param>
/// <param name="Id">To be acknowledged; null for what Slack says of the connection itself.</param>
/// <param name="Reason">Of a <c>disconnect</c>.</param>
internal sealed record SocketEnvelope(string Type, string? Id, string? Reason, JsonElement Payload)
{
    private const int MaxId = 128;

    /// <summary>Null for what is no such message.</summary>
    public static SocketEnvelope? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = ForeignJson.Parse(message);
            var root = document.RootElement;
            return root.Text("type") is { } type
                ? new SocketEnvelope(type, ForeignText.Id(root.Text("envelope_id"), MaxId), root.Text("reason"),
                    root.Member("payload")?.Clone() ?? default)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
