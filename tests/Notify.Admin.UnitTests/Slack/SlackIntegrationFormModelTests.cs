using System.Text.Json;
using Notify.Admin.LiveForms;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public sealed class SlackIntegrationFormModelTests
{
    [Fact]
    public void Check_CompleteNewIntegration_RefusesNothing() => Valid().Check(tokenIsStored: false).ShouldBeEmpty();

    [Theory]
    [InlineData("", "Form.Name.Missing")]
    [InlineData("   ", "Form.Name.Missing")]
    [InlineData("two\nlines", "Form.Name.Control")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "Form.Name.TooLong")]
    public void Check_Name_IsRefusedOnItsField(string name, string text)
    {
        var model = Valid();
        model.Name = name;

        model.Check(tokenIsStored: false).ShouldBe([new FieldRefusal("Name", text)]);
    }

    [Fact]
    public void Channel_OfAnIntegrationThatNobodyHasNamed_NamesIt()
    {
        var model = new SlackIntegrationFormModel();

        model.EnterChannel("alerts");
        model.Name.ShouldBe("");
        model.EnterChannel("C0ALERTS01");
        model.Name.ShouldBe("C0ALERTS01");
        model.ChooseChannel("C0OTHERS01", "others");
        model.Name.ShouldBe("#others");
        model.Name = "Night watch";
        model.EnterChannel("C0ALERTS01");
        model.Name.ShouldBe("Night watch");
    }

    [Theory]
    [InlineData(SlackMention.People, "", "Form.MentionIds.Missing", null)]
    [InlineData(SlackMention.People, "U0123456789, @ann", "Form.MentionIds.Refused", "@ann")]
    [InlineData(SlackMention.People, "U0123456789", null, null)]
    [InlineData(SlackMention.Here, "@ann", null, null)]
    public void Check_MentionIds_AreReadOnlyWhereTheyCount(SlackMention mention, string ids, string? text, string? argument)
    {
        var model = Valid();
        (model.Mention, model.MentionIds) = (mention, ids);

        model.Check(tokenIsStored: false).ShouldBe(text is null ? [] : [new FieldRefusal("MentionIds", text, argument)]);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("525600", true)]
    [InlineData("525601", false)]
    [InlineData("-1", false)]
    [InlineData("1.5", false)]
    [InlineData("", false)]
    public void Check_Interval_IsAWholeNumberOfMinutes(string typed, bool isAccepted)
    {
        var model = Valid();
        model.Interval = typed;

        model.Check(tokenIsStored: false).Select(refusal => refusal.Field).ShouldBe(isAccepted ? [] : ["Interval"]);
    }

    [Fact]
    public void Check_NameOf64Characters_IsAccepted()
    {
        var model = Valid();
        model.Name = new string('n', SlackIntegrationFormModel.MaxNameLength);

        model.Check(tokenIsStored: false).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "Form.ChannelId.Missing")]
    [InlineData("#alerts", "Form.ChannelId.IsName")]
    [InlineData("alerts", "Form.ChannelId.Malformed")]
    [InlineData("C012 345", "Form.ChannelId.Malformed")]
    public void Check_ChannelId_IsRefusedOnItsField(string channelId, string text)
    {
        var model = Valid();
        model.ChannelId = channelId;

        model.Check(tokenIsStored: false).ShouldBe([new FieldRefusal("ChannelId", text)]);
    }

    [Theory]
    [InlineData(null, false, "Form.Token.Missing")]
    [InlineData(" ", false, "Form.Token.Missing")]
    [InlineData("xoxb with blanks", true, "Form.Token.Malformed")]
    [InlineData("xoxb-ключ", false, "Form.Token.Malformed")]
    public void Check_Token_IsRefusedOnItsField(string? token, bool isStored, string text)
    {
        var model = Valid();
        model.Token = token;

        model.Check(isStored).ShouldBe([new FieldRefusal("Token", text)]);
    }

    [Fact]
    public void Check_EmptyTokenWithStoredOne_KeepsIt()
    {
        var model = Valid();
        model.Token = null;

        model.Check(tokenIsStored: true).ShouldBeEmpty();
    }

    [Fact]
    public void Check_EverythingEmpty_RefusesEachFieldOnce() =>
        new SlackIntegrationFormModel().Check(tokenIsStored: false).Select(refusal => refusal.Field)
            .ShouldBe(["Name", "Token", "ChannelId"]);

    [Fact]
    public void Check_EveryRefusal_HasItsTextInBothLanguages()
    {
        string[] keys =
        [
            "Form.Name.Missing", "Form.Name.TooLong", "Form.Name.Control", "Form.Token.Missing", "Form.Token.Malformed",
            "Form.ChannelId.Missing", "Form.ChannelId.IsName", "Form.ChannelId.Malformed", "Form.ChannelId.Taken",
        ];

        foreach (var language in SlackTexts.Languages)
        {
            SlackTexts.In(language, () => keys.Where(key => SlackTexts.Localizer[key].ResourceNotFound).ToList()).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("https://example.slack.com/archives/C0123456789", "C0123456789")]
    [InlineData("https://example.slack.com/archives/C0123456789/p1503435956000247", "C0123456789")]
    [InlineData("  C0123456789 ", "C0123456789")]
    [InlineData("https://app.slack.com/client/T0123456789/C0234567890", "C0234567890")]
    [InlineData("<#C0234567890|general>", "C0234567890")]
    [InlineData("https://example.com/elsewhere", "https://example.com/elsewhere")]
    [InlineData(null, "")]
    public void EnterChannel_Typed_BecomesItsId(string? typed, string id)
    {
        var model = new SlackIntegrationFormModel { ChannelId = "C0OTHER", ChannelName = "other" };

        model.EnterChannel(typed);

        model.ChannelId.ShouldBe(id);
        model.ChannelName.ShouldBeNull();
    }

    [Fact]
    public void EnterChannel_SameId_KeepsItsName()
    {
        var model = new SlackIntegrationFormModel { ChannelId = "C0OTHER", ChannelName = "other" };

        model.EnterChannel("C0OTHER ");

        model.ChannelName.ShouldBe("other");
    }

    [Fact]
    public void Serialize_WithToken_LeavesItOut()
    {
        var draft = new LiveDraft<SlackIntegrationView, SlackIntegrationFormModel>(null, Valid(), HadSecret: true);

        JsonSerializer.Serialize(draft).ShouldNotContain("xoxb-");
    }

    [Fact]
    public void ApplyTo_AndOf_KeepEveryField()
    {
        var model = Valid();
        model.ChannelName = "alerts";
        foreach (var field in SlackFields.Table.Fields.Where(field => field.Read(model) is "true" or "false"))
        {
            // Each switch by itself, so that a mixed-up pair cannot hide.
            var one = model.Copy();
            var other = one.Copy();
            Flip(other, field.Name);
            var stored = Stored();

            other.ApplyTo(stored);
            var read = SlackIntegrationFormModel.Of(stored);

            SlackFields.Table.Fields.Where(changed => changed.Differs(read, one)).Select(changed => changed.Name).ShouldBe([field.Name]);
            SlackFields.Table.Fields.ShouldAllBe(same => !same.Differs(read, other));
            read.ToSwitches().ShouldBe(stored.ToSwitches());
        }
    }

    private static void Flip(SlackIntegrationFormModel model, string name)
    {
        var property = typeof(SlackIntegrationFormModel).GetProperty(name)!;
        property.SetValue(model, !(bool)property.GetValue(model)!);
    }

    private static SlackIntegration Stored() => new() { Name = "", ChannelId = "", Token = new("ciphertext", "1234") };

    private static SlackIntegrationFormModel Valid() => new() { Name = "alerts", ChannelId = "C0123456789", Token = "xoxb-canary-1234" };
}
