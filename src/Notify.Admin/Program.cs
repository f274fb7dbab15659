using Notify.Admin.Data;

try
{
    var builder = WebApplication.CreateBuilder(args);
    // Without this, `dotnet run` outside Development serves empty static files.
    builder.WebHost.UseStaticWebAssets();
    builder.Services.AddData(builder.Configuration);

    var app = builder.Build();
    await app.PrepareStoreAsync();

    app.MapStaticAssets();
    await app.RunAsync();
    return 0;
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync($"Notify.Admin cannot start: {e.Message}");
    return 1;
}
