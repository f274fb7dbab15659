using Notify.Admin.Data;
using Npgsql;

namespace Notify.Admin.UnitTests.Data;

public sealed class PostgresConnectionTests
{
    [Theory]
    [InlineData("Host=db;Username=notify", true)]
    [InlineData("Host=db;Username=notify;No Reset On Close=false", false)]
    [InlineData("Host=db;Username=notify;No Reset On Close=true", true)]
    public void Read_Resets_OnlyWhereTheOperatorSaysSo(string given, bool isKept) =>
        new NpgsqlConnectionStringBuilder(PostgresConnection.Read(given)).NoResetOnClose.ShouldBe(isKept);

    [Theory]
    [InlineData("Host=db;Username=notify", true, 30)]
    [InlineData("Host=db;Username=notify;Tcp Keepalive=false", false, 0)]
    [InlineData("Host=db;Username=notify;TCP Keepalive=true;TCP Keepalive Time=7", true, 7)]
    public void Read_KeepsConnectionsAlive_UnlessTheOperatorSaysOtherwise(string given, bool isKept, int seconds)
    {
        var read = new NpgsqlConnectionStringBuilder(PostgresConnection.Read(given));

        (read.TcpKeepAlive, read.TcpKeepAliveTime).ShouldBe((isKept, seconds));
    }

    [Fact]
    public void Read_OfOtherSettings_KeepsThem()
    {
        var read = new NpgsqlConnectionStringBuilder(PostgresConnection.Read("Host=db;Port=6432;Password='a;b=';Maximum Pool Size=7"));

        (read.Host, read.Port, read.Password, read.MaxPoolSize).ShouldBe(("db", 6432, "a;b=", 7));
    }

    [Fact]
    public void Read_OfWhatIsNoConnectionString_NamesTheSettingAndNotTheValue()
    {
        var problem = Should.Throw<StartupException>(() => PostgresConnection.Read("Host=db;Passwort=geheim"));

        problem.Message.ShouldContain("ConnectionStrings:Notify");
        problem.Message.ShouldNotContain("geheim");
    }
}
