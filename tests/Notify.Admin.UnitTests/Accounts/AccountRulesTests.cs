using Notify.Admin.Accounts;

namespace Notify.Admin.UnitTests.Accounts;

public class AccountRulesTests
{
    [Theory]
    [InlineData("ada@example.test")]
    [InlineData("a.b+c@sub.example.test")]
    [InlineData("李@例子.测试")]
    public void IsEmail_Address_IsAccepted(string text) => AccountRules.IsEmail(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.test")]
    [InlineData("Ada <ada@example.test>")]
    [InlineData("ada@example.test, bob@example.test")]
    [InlineData("ada @example.test")]
    [InlineData("ada@example.test\r\nBcc: x@y.z")]
    public void IsEmail_AnythingElse_IsRefused(string text) => AccountRules.IsEmail(text).ShouldBeFalse();

    [Theory]
    [InlineData("correct horse battery", null)]
    [InlineData("abcdefghijkl", null)]
    [InlineData("一二三四五六七八九十百千", null)]
    [InlineData("short", PasswordRefusal.TooShort)]
    [InlineData("abcdefghijk", PasswordRefusal.TooShort)]
    [InlineData("aaaaaaaaaaaa", PasswordRefusal.TooPlain)]
    [InlineData("121212121212", PasswordRefusal.TooPlain)]
    [InlineData("Ada@Example.Test", PasswordRefusal.TooPlain)]
    public void RefusalOfPassword_AnyPassword_IsByLengthAndPlainness(string password, PasswordRefusal? expected) =>
        AccountRules.RefusalOfPassword(password, "ada@example.test").ShouldBe(expected);

    [Fact]
    public void RefusalOfPassword_VeryLong_IsRefused() =>
        AccountRules.RefusalOfPassword(string.Concat(Enumerable.Repeat("abcdefgh", 40)), "ada@example.test")
            .ShouldBe(PasswordRefusal.TooLong);
}
