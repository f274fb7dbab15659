using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class EventVocabularyTests
{
    [Theory]
    [InlineData("sas-event-hc", "item_level", "high")]
    [InlineData("sas-event-hc", "item_level", null)]
    [InlineData("sas-event-hc", "necessity", "not a key of this type")]
    [InlineData("sas-event-suspicious", "event_type", "Malicious script")]
    [InlineData("sas-event-vul", "groupId", "0")]
    [InlineData("scan.started", "trigger", "queue")]
    [InlineData("scan.completed", "avgThreat", "Informative")]
    [InlineData("scan.stopped", "avgThreat", "not read here")]
    [InlineData("com.example.other", "item_level", "not read here")]
    public void Check_WithinTheLists_FindsNothing(string type, string field, string? value)
    {
        Check(type, field, value).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sas-event-hc", "item_level", "serious", "must be one of all, high, medium, low")]
    [InlineData("sas-event-suspicious", "item_level", "Serious", "must be one of all, serious, suspicious, remind")]
    [InlineData("sas-event-vul", "necessity", "", "must be one of all, asap, later, nntf")]
    [InlineData("sas-event-ak-leakage", "type", "github", "must be one of all")]
    [InlineData("sas-event-rasp", "groupId", "2147483648", AssetGroupId.Rule)]
    [InlineData("scan.started", "trigger", "manual", "must be one of schedule, queue")]
    [InlineData("scan.aborted", "avgThreat", "high", "must be one of Informative, Low, Medium, High")]
    public void Check_OutsideAList_NamesFieldAndValues(string type, string field, string value, string reason)
    {
        Check(type, field, value).ShouldBe([new EventFieldProblem($"data.{field}", reason)]);
    }

    [Fact]
    public void Check_UnknownSuffix_IsAboutTheType()
    {
        Check("sas_analysis_online-sas-operation-log-sas-event-hcx", "item_level", "high").ShouldHaveSingleItem().Field.ShouldBe("type");
    }

    [Fact]
    public void FieldsOf_EachAlertType_ListsItsKeysThenTheCommonOnes()
    {
        EventVocabulary.FieldsOf("sas-event-vul").Select(field => field.Name).ShouldBe(["type", "necessity", "groupId", "title", "asset"]);
        EventVocabulary.FieldsOf("sas-event-rasp").Select(field => field.Name).ShouldBe(["item_level", "groupId", "title", "asset"]);
        EventVocabulary.FieldsOf("com.example.other").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10417151", "10417151")]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("2147483648", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData(" 1", null)]
    [InlineData("1\0", null)]
    [InlineData("１", null)]
    [InlineData("1.0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryParse_GroupId_HasOneSpelling(string? text, string? id)
    {
        AssetGroupId.TryParse(text, out var read).ShouldBe(id is not null);
        read.ShouldBe(id);
    }

    private static IReadOnlyList<EventFieldProblem> Check(string type, string field, string? value) =>
        EventVocabulary.Check(type, name => name == field ? value : null);
}
