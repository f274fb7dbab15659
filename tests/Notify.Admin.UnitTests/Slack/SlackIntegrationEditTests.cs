using Notify.Admin.LiveForms;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public sealed class SlackIntegrationEditTests
{
    [Fact]
    public void CountChanges_TypedAndUndone_GoesBackToZero()
    {
        var edit = Open(View());
        edit.Model.Name = "other";
        edit.Model.SlackStop = true;
        edit.Model.Token = "xoxb-new";
        edit.CountChanges().ShouldBe(3);

        edit.Model.Name = " alerts ";
        edit.Model.SlackStop = false;
        edit.Model.Token = "";

        edit.IsDirty.ShouldBeFalse();
    }

    [Fact]
    public void Take_CleanForm_ShowsWhatIsStoredNow()
    {
        var edit = Open(View());

        edit.Take(View(2, m => m.Name = "theirs")).ShouldBeTrue();

        edit.Model.Name.ShouldBe("theirs");
        edit.Newer.ShouldBeNull();
    }

    [Fact]
    public void Take_DirtyForm_KeepsWhatIsTyped()
    {
        var edit = Open(View());
        edit.Model.SlackStop = true;

        edit.Take(View(2, m => m.Name = "theirs")).ShouldBeFalse();

        edit.Model.SlackStop.ShouldBeTrue();
        edit.Model.Name.ShouldBe("alerts");
        edit.Newer!.Version.ShouldBe(2);
    }

    [Fact]
    public void Take_DirtyFormAndTheirChangeIsMine_NeedsNoQuestion()
    {
        var edit = Open(View());
        edit.Model.Name = "same";
        edit.Model.SlackStop = true;

        edit.Take(View(2, m => m.Name = "same")).ShouldBeFalse();

        edit.Newer.ShouldBeNull();
        edit.Original!.Version.ShouldBe(2);
        edit.Model.SlackStop.ShouldBeTrue();
    }

    [Fact]
    public void Take_OlderVersion_IsIgnored()
    {
        var edit = Open(View(5));

        edit.Take(View(4, m => m.Name = "late")).ShouldBeFalse();

        edit.Model.Name.ShouldBe("alerts");
    }

    [Fact]
    public void Settle_LastChangeUndone_ShowsWhatOthersSaved()
    {
        var edit = Open(View());
        edit.Model.SlackStop = true;
        edit.Take(View(2, m => m.Name = "theirs"));

        edit.Model.SlackStop = false;
        edit.Settle();

        edit.Model.Name.ShouldBe("theirs");
        edit.Newer.ShouldBeNull();
    }

    [Fact]
    public void Discard_WithNewer_ShowsTheirs()
    {
        var edit = Open(View());
        edit.Model.Name = "mine";
        edit.Take(View(2, m => m.Name = "theirs"));

        edit.Discard();

        edit.Model.Name.ShouldBe("theirs");
        edit.IsDirty.ShouldBeFalse();
    }

    [Fact]
    public void Compare_ThreeStates_SaysWhoChangedWhat()
    {
        var mine = View().Values.Copy();
        mine.Name = "mine";
        mine.SlackAvgThreat = SlackAvgThreat.High;

        var fields = SlackFields.Table.Compare(View(), View(2, m => (m.SlackAvgThreat, m.SlackDelete) = (SlackAvgThreat.Low, true)), mine);

        fields.ShouldBe(
        [
            new ConflictField("Name", "alerts", "mine", TheyChanged: false, IChanged: true),
            new ConflictField("SlackAvgThreat", "Low", "High", TheyChanged: true, IChanged: true),
            new ConflictField("SlackDelete", "true", "false", TheyChanged: true, IChanged: false),
        ]);
    }

    [Fact]
    public void Compare_OnlyMineDiffers_AsksNothing()
    {
        var mine = View().Values.Copy();
        mine.Name = "mine";

        SlackFields.Table.Compare(View(), View(2), mine).ShouldBeEmpty();
    }

    [Fact]
    public void Compare_BothReplacedTheToken_ShowsLastFourOnly()
    {
        var mine = View().Values.Copy();
        mine.Token = "xoxb-my-secret-token-9876";

        var field = SlackFields.Table.Compare(View(), View(2) with { TokenMark = "other", TokenLastFour = "5555" }, mine)
            .ShouldHaveSingleItem();

        field.ShouldBe(new ConflictField("Token", "…5555", "…9876", TheyChanged: true, IChanged: true));
    }

    [Fact]
    public void Resolve_ChosenFields_MergesAndCountsAgainstTheirs()
    {
        var edit = Open(View());
        (edit.Model.Name, edit.Model.SlackStop, edit.Model.Token) = ("mine", true, "xoxb-mine");
        var theirs = View(2, m => (m.Name, m.SlackDelete) = ("theirs", true));

        edit.Resolve(theirs, new HashSet<string> { "SlackStop" });

        edit.Model.Name.ShouldBe("theirs");
        edit.Model.SlackDelete.ShouldBeTrue();
        edit.Model.SlackStop.ShouldBeTrue();
        edit.Model.Token.ShouldBeNull();
        edit.CountChanges().ShouldBe(1);
        edit.Original.ShouldBe(theirs);
    }

    [Fact]
    public void TestsWhatIsSaved_DestinationTyped_IsFalse()
    {
        var edit = Open(View());
        edit.Model.SlackStop = true;
        edit.TestsWhatIsSaved.ShouldBeTrue();

        edit.Model.ChannelId = "C0OTHER";

        edit.TestsWhatIsSaved.ShouldBeFalse();
        Open(null).TestsWhatIsSaved.ShouldBeFalse();
    }

    private static LiveEdit<SlackIntegrationView, SlackIntegrationFormModel> Open(SlackIntegrationView? original) =>
        new(SlackFields.Table, original, SlackIntegrationFormModel.CreateNew());

    private static SlackIntegrationView View(int version = 1, Action<SlackIntegrationFormModel>? change = null)
    {
        var values = new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0123456789" };
        change?.Invoke(values);
        return new SlackIntegrationView(7, version, values, "1234", "mark", default, default, "admin@example.test");
    }
}
