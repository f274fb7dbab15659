using Notify.Admin.Finding;

namespace Notify.Admin.UnitTests.Finding;

public sealed class FindTextTests
{
    [Theory]
    [InlineData("test Ops", "ops")]
    [InlineData("Send a test to  Zoë ops", "zoe ops")]
    [InlineData("send test to ops", "ops")]
    [InlineData("TEST", "")]
    [InlineData("测试告警", "告警")]
    [InlineData("发送测试到 告警", "告警")]
    public void AsTest_TheWishToTest_NamesTheChannel(string typed, string words)
    {
        var test = FindText.Of(typed).AsTest().ShouldNotBeNull();

        test.AsksForTest.ShouldBeTrue();
        string.Join(' ', test.Words).ShouldBe(words);
    }

    [Theory]
    [InlineData("testing team")]
    [InlineData("ops test")]
    [InlineData("")]
    public void AsTest_AnythingElse_IsNone(string typed) => FindText.Of(typed).AsTest().ShouldBeNull();

    [Fact]
    public void Finds_EveryWord_WhateverCaseAndAccents()
    {
        var text = FindText.Of("ETE pager");

        text.Finds("Zoë’s Été", "Pager").ShouldBeTrue();
        text.Finds("Zoë’s Été", null).ShouldBeFalse();
        FindText.Of(" ").Finds("anything").ShouldBeTrue();
    }
}
