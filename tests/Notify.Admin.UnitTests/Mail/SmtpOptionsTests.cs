using Notify.Admin.Data;
using Notify.Admin.Mail;

namespace Notify.Admin.UnitTests.Mail;

public class SmtpOptionsTests
{
    private const string Password = "canary password of the mail server";

    [Fact]
    public void Validate_NothingGiven_IsOff()
    {
        var options = new SmtpOptions();

        options.Validate();

        options.IsOn.ShouldBeFalse();
    }

    [Theory]
    [InlineData(SmtpSecurity.None, null, 25)]
    [InlineData(SmtpSecurity.StartTls, null, 587)]
    [InlineData(SmtpSecurity.Tls, null, 465)]
    [InlineData(SmtpSecurity.Tls, 2465, 2465)]
    public void Port_LeftOut_IsTheUsualOne(SmtpSecurity security, int? port, int expected) =>
        new SmtpOptions { Security = security, Port = port }.PortInUse.ShouldBe(expected);

    [Fact]
    public void Validate_Wrong_NamesEveryKeyAndNeverThePassword()
    {
        var options = new SmtpOptions
        {
            Host = "smtp://mail.example.com", Port = 70000, Security = (SmtpSecurity)7, Password = Password, From = "nobody",
                Timeout = TimeSpan.FromHours(1),
        };

        var message = Should.Throw<StartupException>(options.Validate).Message;

        foreach (var part in new[]
                 {
                     "Smtp:Host is 'smtp://mail.example.com'", "Smtp:Port is '70000'", "Smtp:Security is '7'", "Smtp:From is 'nobody'",
                         "Smtp:UserName is empty",
                     "Smtp:Timeout is '01:00:00'",
                 })
        {
            message.ShouldContain(part);
        }

        message.ShouldNotContain(Password);
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void Validate_ServerWithoutHost_IsRefused() =>
        Should.Throw<StartupException>(new SmtpOptions { From =
            "notify@example.com" }.Validate).Message.ShouldStartWith("Smtp:Host is empty");

    [Theory]
    [InlineData("mail.example.com", false)]
    [InlineData("10.0.0.5", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    public void Validate_PasswordInTheClear_OnlyOnThisMachine(string host, bool isAccepted)
    {
        var options = new SmtpOptions { Host = host, Security = SmtpSecurity.None, UserName = "notify", Password = Password,
            From = "notify@example.com" };

        if (isAccepted)
        {
            options.Validate();
        }
        else
        {
            Should.Throw<StartupException>(options.Validate).Message.ShouldContain("in the clear");
        }
    }
}
