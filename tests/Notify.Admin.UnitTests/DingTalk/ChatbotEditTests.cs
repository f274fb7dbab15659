using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.DingTalk;

public sealed class ChatbotEditTests
{
    [Fact]
    public void Of_StoredChatbot_HasNoChangesAndNoSecrets()
    {
        var edit = new ChatbotEdit(View(), new ChatbotFormModel());

        edit.CountChanges().ShouldBe(0);
        edit.TestsWhatIsSaved.ShouldBeTrue();
        edit.Model.Webhook.ShouldBeNull();
        edit.Model.Secret.ShouldBeNull();
        edit.Model.ToChange(1, 3).ShouldSatisfyAllConditions(
            change => change.Webhook.ShouldBeNull(),
            change => change.Security!.Secret.ShouldBeNull(),
            change => change.GroupIds.ShouldBe(["7"]),
            change => change.IntervalMinutes.ShouldBe(5),
            change => change.ExpectedVersion.ShouldBe(3));
    }

    [Fact]
    public void CountChanges_CountsFields_NotKeystrokes()
    {
        var edit = new ChatbotEdit(View(), new ChatbotFormModel());

        edit.Model.Name = "Another";
        edit.Model.Interval = " 5 ";
        edit.Model.Webhook = "abc";
        edit.Rules.Add(Vocabulary.Find("vul")!);
        edit.TakeRules();

        edit.CountChanges().ShouldBe(3);
        edit.TestsWhatIsSaved.ShouldBeFalse();
    }

    [Fact]
    public void RulesAndGroups_DoNotChangeWhatATestShows()
    {
        var edit = new ChatbotEdit(View(), new ChatbotFormModel());

        edit.Model.GroupIds = [];
        edit.Rules.Add(Vocabulary.Find("vul")!);
        edit.TakeRules();

        edit.IsDirty.ShouldBeTrue();
        edit.TestsWhatIsSaved.ShouldBeTrue();
    }

    [Fact]
    public void Take_ChangeElsewhere_MergesSilently_AndCollisionAsks()
    {
        var edit = new ChatbotEdit(View(), new ChatbotFormModel());
        edit.Model.Name = "Mine";

        edit.Take(View(version: 4)).ShouldBeFalse();
        edit.Original!.Version.ShouldBe(4);
        edit.Newer.ShouldBeNull();

        edit.Take(View(version: 5, name: "Theirs"));
        edit.Newer!.Version.ShouldBe(5);
        var field = ChatbotFields.Table.Compare(edit.Original, edit.Newer, edit.Model).ShouldHaveSingleItem();
        field.ShouldBe(new ConflictField("Name", "Theirs", "Mine", true, true));

        edit.Resolve(edit.Newer, new HashSet<string> { "Name" });
        edit.Model.Name.ShouldBe("Mine");
        edit.CountChanges().ShouldBe(1);
    }

    [Fact]
    public void Compare_ReplacedRobot_ShowsOnlyTails()
    {
        var mine = View().Values.Copy();
        mine.Webhook = "0123456789abcdef0123";

        var field = ChatbotFields.Table.Compare(View(), View(version: 4, fingerprint: "other"), mine).ShouldHaveSingleItem();

        field.Field.ShouldBe("Webhook");
        field.Mine.ShouldBe("…0123");
        field.Theirs.ShouldBe("oapi.dingtalk.com …wxyz");
    }

    [Fact]
    public void BrokenJson_IsKeptBesideTheLastGoodRules()
    {
        var edit = new ChatbotEdit(View(), new ChatbotFormModel());
        edit.Rules.TypeJson("[oops");
        edit.TakeRules();

        var again = new ChatbotEdit(View(), new ChatbotFormModel(), edit.Model.Copy());

        again.Rules.IsJsonBroken.ShouldBeTrue();
        again.Rules.Json.ShouldBe("[oops");
        again.Rules.LastGood.Json.ShouldBe(View().Values.RulesJson);
    }

    [Fact]
    public void Json_OfADraft_HoldsNoSecret()
    {
        var model = new ChatbotFormModel { SecurityMode = RobotSecurityMode.Signature, Webhook = "canary-token", Secret = "SEC-canary" };

        System.Text.Json.JsonSerializer.Serialize(new LiveDraft<ChatbotView, ChatbotFormModel>(View(), model, true))
            .ShouldNotContain("canary");
    }

    private static ChatbotView View(int version = 3, string name = "SecOps", string fingerprint = "print") =>
        ChatbotView.Of(new DingTalkChatbot
    {
        Id = 1,
        Name = name,
        WebhookBase = "https://oapi.dingtalk.com/robot/send",
        AccessToken = new ProtectedString("cipher", "wxyz"),
        Fingerprint = fingerprint,
        Keyword = "Notify",
        IntervalMinutes = 5,
        GroupIdList = """["7"]""",
        ConfigList = """[{"type":"sas_analysis_pre-sas-operation-log-sas-event-hc"}]""",
        Version = version,
    });
}
