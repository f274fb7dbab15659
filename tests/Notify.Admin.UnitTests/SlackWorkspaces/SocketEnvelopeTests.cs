using System.Text;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.UnitTests.SlackWorkspaces;

/// <summary>What Slack sends by Socket Mode.</summary>
public sealed class SocketEnvelopeTests
{
    [Fact]
    public void Read_OfAnEnvelope_HasWhatIsToBeAcknowledged()
    {
        var envelope = Read("""{"envelope_id":"e-1","type":"interactive","payload":{"type":"block_actions"}}""").ShouldNotBeNull();

        (envelope.Type, envelope.Id, envelope.Reason).ShouldBe(("interactive", "e-1", null));
        envelope.Payload.GetProperty("type").GetString().ShouldBe("block_actions");
    }

    [Fact]
    public void Read_OfADisconnect_HasItsReason() =>
        Read("""{"type":"disconnect","reason":"link_disabled","debug_info":{}}""").ShouldNotBeNull().Reason.ShouldBe("link_disabled");

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"type\":7}")]
    [InlineData("\"hello\"")]
    public void Read_OfAnythingElse_IsNothing(string message) => Read(message).ShouldBeNull();

    private static SocketEnvelope? Read(string message) => SocketEnvelope.Read(Encoding.UTF8.GetBytes(message));
}
