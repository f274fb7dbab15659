using Notify.Admin.Audit;
using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Audit;

public sealed class AuditedSubjectTests
{
    [Theory]
    [InlineData("slack-integration/3", "slack-integration", "3")]
    [InlineData("person/a/b", "person", "a/b")]
    public void Parse_KindAndId_ReadsBoth(string text, string kind, string id)
    {
        var subject = AuditedSubject.Parse(text);

        subject.ShouldBe(new AuditedSubject(kind, id));
        subject.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("slack-integration")]
    [InlineData("/3")]
    [InlineData("slack-integration/")]
    [InlineData("slack\u0000/3")]
    public void Parse_AnythingElse_IsNone(string? text) => AuditedSubject.Parse(text).ShouldBeNull();

    [Fact]
    public void Parse_HalfAPair_IsNone() => AuditedSubject.Parse($"slack/{(char)0xD800}").ShouldBeNull();

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.DingTalk)]
    public void Channel_AsItIsAudited_IsFoundAgain(ChannelKind kind)
    {
        var channel = new ChannelKey(kind, 12);

        AuditedChannel.Find(AuditedChannel.KindOf(kind), AuditedChannel.IdOf(channel)).ShouldBe(channel);
    }

    [Theory]
    [InlineData("person", "12")]
    [InlineData("slack-integration", null)]
    [InlineData("slack-integration", "x")]
    public void Channel_OfAnotherSubject_IsNone(string kind, string? id) => AuditedChannel.Find(kind, id).ShouldBeNull();
}
