using Notify.Admin.FunctionAccess;

namespace Notify.Admin.UnitTests.FunctionAccess;

public sealed class FunctionNameTests
{
    [Theory]
    [InlineData("Fn0ABC", null, null, "Fn0ABC")]
    [InlineData(" Fn0ABC ", "ignored", "A1", "Fn0ABC")]
    [InlineData("", "create_report", "A0APP", "A0APP/create_report")]
    public void Read_Complete_NamesTheFunction(string? id, string? callback, string? app, string key)
    {
        FunctionName.Read(id, callback, app, out var name).ShouldBeNull();
        name!.Key.ShouldBe(key);
        name.Arguments().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(null, null, null, "function_id")]
    [InlineData("FN0ABC", null, null, "function_id")]
    [InlineData("Fn0abc", null, null, "function_id")]
    [InlineData(null, "create_report", null, "function_app_id")]
    [InlineData(null, "create_report", "create", "function_app_id")]
    [InlineData(null, null, "A0APP", "function_callback_id")]
    [InlineData(null, "two words", "A0APP", "function_callback_id")]
    public void Read_Incomplete_NamesTheField(string? id, string? callback, string? app, string field)
    {
        FunctionName.Read(id, callback, app, out var name)!.Value.Field.ShouldBe(field);
        name.ShouldBeNull();
    }
}
