using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SlackWorkspaceLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ConfigScopes",
                table: "SlackWorkspaces",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Token",
                table: "SlackIntegrations",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(4000)",
                oldMaxLength: 4000);

            migrationBuilder.AddColumn<int>(
                name: "WorkspaceId",
                table: "SlackIntegrations",
                type: "int",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_SlackIntegrations_WorkspaceId",
                table: "SlackIntegrations",
                column: "WorkspaceId");

            migrationBuilder.AddForeignKey(
                name: "FK_SlackIntegrations_SlackWorkspaces_WorkspaceId",
                table: "SlackIntegrations",
                column: "WorkspaceId",
                principalTable: "SlackWorkspaces",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_SlackIntegrations_SlackWorkspaces_WorkspaceId",
                table: "SlackIntegrations");

            migrationBuilder.DropIndex(
                name: "IX_SlackIntegrations_WorkspaceId",
                table: "SlackIntegrations");

            migrationBuilder.DropColumn(
                name: "ConfigScopes",
                table: "SlackWorkspaces");

            migrationBuilder.DropColumn(
                name: "WorkspaceId",
                table: "SlackIntegrations");

            migrationBuilder.AlterColumn<string>(
                name: "Token",
                table: "SlackIntegrations",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "nvarchar(4000)",
                oldMaxLength: 4000,
                oldNullable: true);
        }
    }
}
