using System.Text.Json;
using Notify.Admin.SlackButtons;

namespace Notify.Admin.UnitTests.SlackButtons;

/// <summary>What Slack says of a press, and what it might say.</summary>
public sealed class ButtonPressTests
{
    private const string Whole = """
        {"type":"block_actions","user":{"id":"U1","team_id":"T1"},"container":{"type":"message","message_ts":"1.000001","channel_id":"C1"},
        "actions":[{"action_id":"notify.acknowledge","value":"D-1","action_ts":"2.000001","type":"button"}]}
        """;

    [Fact]
    public void Read_OfAPress_TellsWhoWhereAndWhat() => Read(Whole).ShouldBe(
        new ButtonPress("U1", "T1", "C1", "1.000001", null, "notify.acknowledge", "D-1", "2.000001"));

    [Fact]
    public void Key_IsTheSameForOnePress_AndAnotherForTheNext()
    {
        Read(Whole)!.Key.ShouldBe(Read(Whole)!.Key);
        Read(Whole)!.Key.ShouldNotBe(Read(Whole.Replace("2.000001", "3.000001", StringComparison.Ordinal))!.Key);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"block_actions\"")]
    [InlineData("""{"type":"view_submission"}""")]
    [InlineData("""{"type":"block_actions"}""")]
    [InlineData("""{"type":"block_actions","actions":[]}""")]
    [InlineData("""{"type":"block_actions","actions":[3],"user":{"id":"U1"}}""")]
    [InlineData("""{"type":"block_actions","actions":[{"action_id":"a"}],"user":"U1","container":7}""")]
    [InlineData("""{"type":"block_actions","actions":[{"action_id":{}}],"user":{"id":"U1"},"container":{"message_ts":"1","channel_id":"C1"}}""")]
    public void Read_OfAnythingElse_IsNothing(string payload) => Read(payload).ShouldBeNull();

    [Fact]
    public void Read_OfAnIdThatIsTooLong_IsNothing() =>
        Read(Whole.Replace("\"C1\"", $"\"C{new string('1', 5000)}\"", StringComparison.Ordinal)).ShouldBeNull();

    [Fact]
    public void Read_OfNoPayload_IsNothing() => ButtonPress.Read(default).ShouldBeNull();

    private static ButtonPress? Read(string json) => ButtonPress.Read(JsonSerializer.Deserialize<JsonElement>(json));
}
